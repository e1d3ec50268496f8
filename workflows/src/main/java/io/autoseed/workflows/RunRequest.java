package io.autoseed.workflows;

/**
 * What starts a run, and what it takes along when it continues as new.
 *
 * @param run the run's id, also the workflow's
 * @param sequence digest of the sequence revision to execute
 * @param strategy name of the strategy, for search and display
 * @param profile numeric profile; names the task queues ({@link TaskQueues})
 * @param firstTask index of the first task to learn; above 0 for a fork
 * @param tasks number of tasks of the sequence
 * @param input manifest that the first task starts from; null for a run without a past
 * @param policy how patient to be
 * @param progress null at the start; set by the workflow itself when it continues as new
 */
public record RunRequest(
    String run,
    String sequence,
    String strategy,
    String profile,
    int firstTask,
    int tasks,
    ManifestReference input,
    RunPolicy policy,
    RunProgress progress) {

  /** The same run, going on from {@code progress} in a fresh history. */
  RunRequest continuedFrom(RunProgress progress) {
    return new RunRequest(
        run, sequence, strategy, profile, firstTask, tasks, input, policy, progress);
  }
}
