package io.autoseed.activities.catalog;

import java.time.Instant;

/**
 * A run as the catalog knows it.
 *
 * @param settings canonical JSON
 * @param forkedFrom the run whose past it shares up to {@code forkedAfterTask}, or null
 * @param beside the main run that this baseline accompanies, or null
 * @param study that it is a member of, or null
 * @param dropsFeatures whether training features go once their task is published
 * @param state {@code SUBMITTED} or a {@link io.autoseed.workflows.RunState}
 * @param failure why it ended without being done, or null
 * @param tasksDone tasks whose last phase is committed, those shared with other runs included
 * @param undelivered rows that MLflow has not been told yet
 * @param parked why MLflow's deliveries stopped, or null
 */
public record RunRow(
    String id,
    String workflowId,
    String sequenceName,
    String sequenceDigest,
    String strategy,
    String settings,
    long randomSeed,
    String codeVersion,
    String numericProfile,
    String reuse,
    String forkedFrom,
    Integer forkedAfterTask,
    String beside,
    String study,
    boolean dropsFeatures,
    String state,
    String failure,
    Instant createdAt,
    Instant finishedAt,
    int tasks,
    int tasksDone,
    long undelivered,
    String parked) {}
