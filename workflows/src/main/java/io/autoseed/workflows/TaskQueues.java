package io.autoseed.workflows;

import java.time.Duration;

/** Names of the task queues: workers of one numeric profile serve its two queues and no other. */
public final class TaskQueues {
  /**
   * After this a workflow task that a dead worker had taken goes to another: nobody else can give
   * it back. A task takes milliseconds; one that takes longer than this is done again.
   */
  public static final Duration WORKFLOW_TASK_TIMEOUT = Duration.ofSeconds(5);

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
