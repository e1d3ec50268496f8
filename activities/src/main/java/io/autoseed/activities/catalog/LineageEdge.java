package io.autoseed.activities.catalog;

import java.time.Instant;

/**
 * A phase and something it consumed or produced.
 *
 * @param sequence the sequence's name
 * @param direction {@code consumed} or {@code produced}
 * @param name of the object in the phase's manifest, or its kind
 * @param uri object key, or {@code dataset:<digest>} and the like
 */
public record LineageEdge(
    String sequence,
    String run,
    int task,
    String taskName,
    String phase,
    Instant startedAt,
    Instant committedAt,
    String direction,
    String name,
    long artifact,
    String uri,
    String version,
    String sha256,
    long bytes,
    String kind) {}
