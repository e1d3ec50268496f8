package io.autoseed.activities.catalog;

import java.util.List;

/**
 * A task of a run.
 *
 * @param task index, from 0
 * @param digest of the task document
 * @param classes names in the order learned
 */
public record TaskRow(
    String run,
    int task,
    String name,
    String digest,
    String dataset,
    String datasetDigest,
    List<String> classes) {}
