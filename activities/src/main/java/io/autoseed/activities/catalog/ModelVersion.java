package io.autoseed.activities.catalog;

import java.time.Instant;

/**
 * A registered model version: the last manifest of a run that was done.
 *
 * @param version from 1, in the model
 */
public record ModelVersion(
    String name,
    int version,
    String run,
    int task,
    String manifestKey,
    String manifestVersion,
    String manifestSha256,
    String outcomeDigest,
    Instant createdAt) {}
