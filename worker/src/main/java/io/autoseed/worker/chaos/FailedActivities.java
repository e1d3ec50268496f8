package io.autoseed.worker.chaos;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.Iterator;
import java.util.stream.Stream;

/** Counts activities that failed or timed out for good; tries that were repeated leave no event. */
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
      try (Stream<HistoryEvent> history = histories.of(workflow, execution)) {
        for (Iterator<HistoryEvent> events = history.iterator(); events.hasNext(); ) {
          HistoryEvent event = events.next();
          failed += isFailure(event) ? 1 : 0;
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
      execution = continuedFrom;
    } while (!execution.isEmpty());
    return failed;
  }

  private static boolean isFailure(HistoryEvent event) {
    return event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED
        || event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT;
  }
}
