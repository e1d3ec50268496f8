package io.autoseed.workflows;

import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;

/** Waits in tests until a workflow pauses. */
final class PausedWorkflow {
  private PausedWorkflow() {}

  /**
   * Returns once the workflow has begun its first pause: nothing that it asked for is under way. A
   * cancellation in the moment in which an activity ends would block the test server's workflow for
   * good.
   */
  static void await(WorkflowClient client, String workflow) throws InterruptedException {
    while (client.fetchHistory(workflow).getEvents().stream()
        .noneMatch(HistoryEvent::hasTimerStartedEventAttributes)) {
      Thread.sleep(20);
    }
  }
}
