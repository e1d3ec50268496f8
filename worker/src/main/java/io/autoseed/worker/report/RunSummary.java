package io.autoseed.worker.report;

/**
 * A run in a list of runs.
 *
 * @param tasksDone tasks whose last phase is committed
 * @param createdAt ISO-8601 in UTC
 * @param beside the run that this baseline accompanies, or null
 * @param study that it is a member of, or null
 */
public record RunSummary(
    String run,
    String state,
    String sequence,
    String strategy,
    int tasks,
    int tasksDone,
    String createdAt,
    String beside,
    String study) {}
