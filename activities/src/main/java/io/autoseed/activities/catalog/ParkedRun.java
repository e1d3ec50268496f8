package io.autoseed.activities.catalog;

import java.time.Instant;

/**
 * A run whose deliveries to MLflow stopped because it refused one.
 *
 * @param number of the refused row
 * @param hint what was refused and what to do
 */
public record ParkedRun(String run, long number, String hint, Instant parkedAt) {}
