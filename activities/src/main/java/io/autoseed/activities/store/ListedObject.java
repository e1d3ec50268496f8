package io.autoseed.activities.store;

import java.time.Instant;

/**
 * One version (or delete marker) that the store has under a key.
 *
 * @param latest whether it is the one that a read without a version gets
 */
public record ListedObject(
    String key,
    String versionId,
    boolean latest,
    boolean deleteMarker,
    long bytes,
    Instant lastModified) {}
