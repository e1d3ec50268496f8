package io.autoseed.workflows;

/**
 * @param run the run's id
 * @param sequence digest of the sequence revision that holds the task
 * @param task index, from 0
 * @param input the manifest of the phase before; null before the first phase of a run
 */
public record PhaseRequest(
    String run, String sequence, int task, Phase phase, ManifestReference input) {}
