package io.autoseed.workflows;

/**
 * How a run ended.
 *
 * @param manifest the last manifest between tasks; null if no task was finished
 * @param reason one line; null for a run that is done
 */
public record RunClosing(
    String run, String sequence, RunState state, ManifestReference manifest, String reason) {}
