package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.workflows.Failures;
import io.grpc.Status;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.ActivityTaskFailedEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailedActivitiesTest {
  private static final HistoryEvent FAILED = event(EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED);
  private static final HistoryEvent TIMED_OUT = event(EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT);
  private static final HistoryEvent PAUSE = event(EventType.EVENT_TYPE_TIMER_STARTED);
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
  void aHardshipThatTheWorkflowPausesForCountsOnlyIfItIsTheLast() {
    HistoryEvent unavailable = failed(Failures.UNAVAILABLE, RetryState.RETRY_STATE_IN_PROGRESS);
    HistoryEvent outOfMemory = failed(Failures.OUT_OF_MEMORY, RetryState.RETRY_STATE_IN_PROGRESS);

    assertThat(count(unavailable, unavailable, PAUSE, outOfMemory, PAUSE, DONE)).isZero();
    assertThat(count(unavailable, PAUSE, unavailable)).isEqualTo(1);
    assertThat(count(FAILED, PAUSE, DONE)).as("of another kind").isEqualTo(1);
  }

  @Test
  void whatWasToldToStopWasNotGivenUp() {
    assertThat(
            count(
                failed(Failures.UNAVAILABLE, RetryState.RETRY_STATE_CANCEL_REQUESTED),
                failed("", RetryState.RETRY_STATE_CANCEL_REQUESTED)))
        .isZero();
  }

  private static int count(HistoryEvent... events) {
    return new FailedActivities((workflow, execution) -> Stream.of(events)).count("run");
  }

  private static HistoryEvent failed(String type, RetryState state) {
    return HistoryEvent.newBuilder()
        .setEventType(EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED)
        .setActivityTaskFailedEventAttributes(
            ActivityTaskFailedEventAttributes.newBuilder()
                .setRetryState(state)
                .setFailure(
                    Failure.newBuilder()
                        .setApplicationFailureInfo(
                            ApplicationFailureInfo.newBuilder().setType(type))))
        .build();
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
