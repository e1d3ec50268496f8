package io.autoseed.workflows;

/** Names of the task queues: workers of one numeric profile serve its two queues and no other. */
public final class TaskQueues {
  private TaskQueues() {}

  /** Workflows, and activities that compute nothing. */
  public static String control(String profile) {
    return "autoseed-control-" + profile;
  }

  /**
   * Activities that need tensors: of those that a worker process has taken, one computes at a time.
   */
  public static String accelerator(String profile) {
    return "autoseed-accelerator-" + profile;
  }
}
