package io.autoseed.workflows;

import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.function.Predicate;

/**
 * Waits in tests for moments in which a workflow can be cancelled: a cancellation in the moment in
 * which an activity ends would block the test server's workflow for good.
 */
final class PausedWorkflow {
  private PausedWorkflow() {}

  /**
   * Returns once the workflow has begun its first pause: nothing that it asked for is under way.
   */
  static void await(WorkflowClient client, String workflow) throws InterruptedException {
    until(
        client,
        workflow,
        events -> events.stream().anyMatch(HistoryEvent::hasTimerStartedEventAttributes));
  }

  /** Returns once the workflow has taken note of the end of every activity that it asked for. */
  static void awaitRest(WorkflowClient client, String workflow) throws InterruptedException {
    until(
        client,
        workflow,
        events ->
            isIdle(events)
                && count(events, HistoryEvent::hasActivityTaskScheduledEventAttributes)
                    == count(events, PausedWorkflow::endsActivity));
  }

  /** Returns once the workflow has taken note of its cancellation. */
  static void awaitCancellation(WorkflowClient client, String workflow)
      throws InterruptedException {
    until(
        client,
        workflow,
        events ->
            isIdle(events)
                && events.stream()
                    .anyMatch(HistoryEvent::hasWorkflowExecutionCancelRequestedEventAttributes));
  }

  private static void until(
      WorkflowClient client, String workflow, Predicate<List<HistoryEvent>> condition)
      throws InterruptedException {
    while (!condition.test(client.fetchHistory(workflow).getEvents())) {
      Thread.sleep(20);
    }
  }

  private static boolean isIdle(List<HistoryEvent> events) {
    return events.get(events.size() - 1).hasWorkflowTaskCompletedEventAttributes();
  }

  private static long count(List<HistoryEvent> events, Predicate<HistoryEvent> kind) {
    return events.stream().filter(kind).count();
  }

  private static boolean endsActivity(HistoryEvent event) {
    return event.hasActivityTaskCompletedEventAttributes()
        || event.hasActivityTaskFailedEventAttributes()
        || event.hasActivityTaskTimedOutEventAttributes()
        || event.hasActivityTaskCanceledEventAttributes();
  }
}
