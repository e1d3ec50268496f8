package io.autoseed.activities.catalog;

import java.time.Instant;

/**
 * Something MLflow is to be told.
 *
 * @param number its place in the run, from 0
 * @param kind simple name of a {@link TrackingEvent}
 * @param payload canonical JSON of that event
 * @param createdAt the database's time, fixed from then on
 */
public record OutboxRow(String run, long number, String kind, String payload, Instant createdAt) {}
