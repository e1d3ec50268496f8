package io.autoseed.workflows;

/**
 * One task of a run.
 *
 * @param task index, from 0
 * @param tasks number of tasks of the sequence revision
 * @param input manifest the task starts from; null for the first task of a run without a past
 */
public record TaskRequest(
    String run,
    String sequence,
    String strategy,
    String profile,
    int task,
    int tasks,
    ManifestReference input,
    RunPolicy policy) {

  PhaseRequest phase(Phase phase, ManifestReference input) {
    return new PhaseRequest(run, sequence, task, phase, input);
  }
}
