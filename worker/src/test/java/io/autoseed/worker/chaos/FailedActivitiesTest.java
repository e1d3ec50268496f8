package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailedActivitiesTest {
  private static final HistoryEvent FAILED = event(EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED);
  private static final HistoryEvent TIMED_OUT = event(EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT);
  private static final HistoryEvent DONE = event(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED);

  @Test
  void thoseOfEveryHistoryBeforeTheNewestCountToo() {
    Map<String, Stream<HistoryEvent>> histories =
        Map.of(
            "run/newest", Stream.of(continuedFrom("middle"), DONE, FAILED),
            "run/middle", Stream.of(continuedFrom("first"), TIMED_OUT, FAILED),
            "run/first", Stream.of(continuedFrom(""), DONE));
    FailedActivities failed =
        new FailedActivities(
            (workflow, execution) ->
                histories.get(workflow + "/" + (execution == null ? "newest" : execution)));

    assertThat(failed.count("run")).isEqualTo(3);
  }

  @Test
  void aWorkflowThatWasNeverStartedHasNone() {
    FailedActivities failed =
        new FailedActivities(
            (workflow, execution) -> {
              throw Status.NOT_FOUND.asRuntimeException();
            });

    assertThat(failed.count("run/7")).isZero();
  }

  @Test
  void aServerThatIsAwayIsNotTakenForOneWithoutFailures() {
    FailedActivities failed =
        new FailedActivities(
            (workflow, execution) -> {
              throw Status.UNAVAILABLE.asRuntimeException();
            });

    assertThatThrownBy(() -> failed.count("run")).hasMessageContaining("UNAVAILABLE");
  }

  private static HistoryEvent event(EventType type) {
    return HistoryEvent.newBuilder().setEventType(type).build();
  }

  private static HistoryEvent continuedFrom(String execution) {
    return HistoryEvent.newBuilder()
        .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
        .setWorkflowExecutionStartedEventAttributes(
            WorkflowExecutionStartedEventAttributes.newBuilder()
                .setContinuedExecutionRunId(execution))
        .build();
  }
}
