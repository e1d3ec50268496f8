package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.supervisor.ProcessIdentity;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which activities a worker that starts takes from dead ones: those of real processes, here. */
class AbandonedActivityTest {
  private static final WorkflowExecution TASK =
      WorkflowExecution.newBuilder().setWorkflowId("calm/3").setRunId("first").build();

  private final WorkerIdentity self = WorkerIdentity.current("cpu");
  private Process process;
  private WorkerIdentity worker;

  @BeforeEach
  void startAnotherProcess() throws IOException {
    process = new ProcessBuilder("sleep", "600").start();
    worker = worker(ProcessIdentity.of(process.pid()).orElseThrow(), self.space());
  }

  @AfterEach
  void endIt() throws InterruptedException {
    kill();
  }

  @Test
  void oneOfAProcessThatDiedIsTaken() throws InterruptedException {
    kill();

    assertThat(taken(started(worker)))
        .containsExactly(new AbandonedActivity(TASK, "17", "Adapt", 2, worker));
  }

  @Test
  void oneOfAProcessThatLivesIsNot() {
    assertThat(taken(started(worker))).isEmpty();
  }

  @Test
  void oneOfAStoppedProcessIsNot() throws Exception {
    new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();

    assertThat(taken(started(worker))).isEmpty();
  }

  @Test
  void oneOfThisProcessIsNot() {
    assertThat(taken(started(self))).isEmpty();
  }

  @Test
  void oneWhoseProcessNumberIsAnothersByNowIsTaken() {
    ProcessIdentity now = worker.process();
    WorkerIdentity before =
        worker(new ProcessIdentity(now.pid(), now.startTicks() - 1), worker.space());

    assertThat(taken(started(before))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0a1b2c3d/4026531836", "b9c19107/1", WorkerIdentity.NOWHERE})
  void oneOfAnotherBootOrPidNamespaceIsNot(String space) throws InterruptedException {
    kill();

    assertThat(taken(started(worker(worker.process(), space)))).isEmpty();
  }

  @Test
  void oneOfAWorkerThatDoesNotSayWhereItsNumberCountsIsNot() throws InterruptedException {
    kill();

    assertThat(taken(started(worker.workplace()))).isEmpty();
    assertThat(taken(started("test"))).isEmpty();
  }

  /** Then it waits for its next attempt, or for somebody. */
  @ParameterizedTest
  @EnumSource(
      value = PendingActivityState.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "UNRECOGNIZED",
        "PENDING_ACTIVITY_STATE_STARTED",
        "PENDING_ACTIVITY_STATE_CANCEL_REQUESTED"
      })
  void oneThatIsNotUnderWayIsNot(PendingActivityState state) throws InterruptedException {
    kill();

    assertThat(taken(started(worker).toBuilder().setState(state).build())).isEmpty();
  }

  @Test
  void oneThatWasAskedToStopIsTaken() throws InterruptedException {
    kill();

    assertThat(
            taken(
                started(worker).toBuilder()
                    .setState(PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED)
                    .build()))
        .hasSize(1);
  }

  private List<AbandonedActivity> taken(PendingActivityInfo activity) {
    return AbandonedActivity.of(
        DescribeWorkflowExecutionResponse.newBuilder()
            .setWorkflowExecutionInfo(WorkflowExecutionInfo.newBuilder().setExecution(TASK))
            .addPendingActivities(activity)
            .build(),
        holder -> holder.died(self));
  }

  private static PendingActivityInfo started(WorkerIdentity by) {
    return started(by.toString());
  }

  private static PendingActivityInfo started(String identity) {
    return PendingActivityInfo.newBuilder()
        .setActivityId("17")
        .setActivityType(ActivityType.newBuilder().setName("Adapt"))
        .setAttempt(2)
        .setState(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
        .setLastWorkerIdentity(identity)
        .build();
  }

  private static WorkerIdentity worker(ProcessIdentity process, String space) {
    return new WorkerIdentity(process, "host", "cuda:0", space);
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }
}
