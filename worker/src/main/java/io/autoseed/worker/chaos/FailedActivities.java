package io.autoseed.worker.chaos;

import io.autoseed.workflows.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Counts activities that failed or timed out for good. Tries that the server repeated leave no
 * event, what a workflow tries again is followed by the timer of its pause, and what was told to
 * stop was not given up.
 */
final class FailedActivities {
  /** Where histories are read. */
  @FunctionalInterface
  interface Histories {
    /**
     * @param execution null for the newest of the workflow
     * @throws StatusRuntimeException of the code {@code NOT_FOUND} if there is none
     */
    Stream<HistoryEvent> of(String workflow, String execution);
  }

  private static final RetryState TOLD_TO_STOP = RetryState.RETRY_STATE_CANCEL_REQUESTED;

  private final Histories histories;

  FailedActivities(Histories histories) {
    this.histories = histories;
  }

  /** Of all histories that the workflow has gone through; none if it was never started. */
  int count(String workflow) {
    int failed = 0;
    String execution = null;
    do {
      String continuedFrom = "";
      int untried = 0;
      try (Stream<HistoryEvent> history = histories.of(workflow, execution)) {
        for (Iterator<HistoryEvent> events = history.iterator(); events.hasNext(); ) {
          HistoryEvent event = events.next();
          if (event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED) {
            untried = 0;
          }
          if (isGivenUp(event)) {
            boolean mayPass = mayPass(event);
            untried += mayPass ? 1 : 0;
            failed += mayPass ? 0 : 1;
          }
          if (event.hasWorkflowExecutionStartedEventAttributes()) {
            continuedFrom =
                event.getWorkflowExecutionStartedEventAttributes().getContinuedExecutionRunId();
          }
        }
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
          throw e;
        }
      }
      failed += untried;
      execution = continuedFrom;
    } while (!execution.isEmpty());
    return failed;
  }

  /** By the server, that is; what was told to stop on the way was not. */
  private static boolean isGivenUp(HistoryEvent event) {
    return switch (event.getEventType()) {
      case EVENT_TYPE_ACTIVITY_TASK_FAILED ->
          event.getActivityTaskFailedEventAttributes().getRetryState() != TOLD_TO_STOP;
      case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT ->
          event.getActivityTaskTimedOutEventAttributes().getRetryState() != TOLD_TO_STOP;
      default -> false;
    };
  }

  private static boolean mayPass(HistoryEvent event) {
    return Failures.mayPass(
        event
            .getActivityTaskFailedEventAttributes()
            .getFailure()
            .getApplicationFailureInfo()
            .getType());
  }
}
