package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.StudyRequest;
import io.autoseed.workflows.StudyState;
import io.autoseed.workflows.StudyStatus;
import io.autoseed.workflows.StudyWorkflow;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StudyWatchTest {
  private static final String QUEUE = "control";

  private TestWorkflowEnvironment environment;
  private StudyWatch watch;

  /** A study that has reported if its id says so, and is not over for a day. */
  public static final class LongStudy implements StudyWorkflow {
    @Override
    public StudyStatus run(StudyRequest request) {
      Workflow.sleep(Duration.ofDays(1));
      return status();
    }

    @Override
    public StudyStatus status() {
      String study = Workflow.getInfo().getWorkflowId();
      return new StudyStatus(
          study, StudyState.DONE, 1, 1, 0, List.of(), null, study.equals("reported"));
    }
  }

  @BeforeEach
  void startServer() {
    environment = TestWorkflowEnvironment.newInstance();
    environment.newWorker(QUEUE).registerWorkflowImplementationTypes(LongStudy.class);
    environment.start();
    watch = new StudyWatch(environment.getWorkflowClient());
  }

  @AfterEach
  void stopServer() {
    environment.close();
  }

  private WorkflowStub start(String study) {
    StudyWorkflow workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                StudyWorkflow.class,
                WorkflowOptions.newBuilder().setWorkflowId(study).setTaskQueue(QUEUE).build());
    WorkflowClient.start(
        workflow::run,
        new StudyRequest(study, QUEUE, 1, 1, 1, 1, 1, null, 1, RunPolicy.DEFAULT, null));
    return WorkflowStub.fromTyped(workflow);
  }

  @Test
  void aStudyThatHasReportedMakesWay() {
    start("reported");

    assertThat(watch.makeWay("reported")).isTrue();
    assertThat(watch.underWay("reported")).isFalse();
    assertThat(watch.endedInOrder("reported")).isFalse();
  }

  @Test
  void aStudyThatHasNotReportedGoesOn() {
    start("performing");

    assertThat(watch.makeWay("performing")).isFalse();
    assertThat(watch.underWay("performing")).isTrue();
  }

  @Test
  void aStudyThatHasReportedIsNotStoppedOnItsWayToTheTrackingServer() {
    start("reported");
    start("performing");

    assertThat(watch.stop("reported")).isFalse();
    assertThat(watch.underWay("reported")).isTrue();
    assertThat(watch.stop("performing")).isTrue();
  }

  @Test
  void aStudyThatTemporalDoesNotKnowHasNoStatus() {
    assertThat(watch.status("unknown")).isEmpty();
    assertThat(watch.underWay("unknown")).isFalse();
    assertThat(watch.endedInOrder("unknown")).isTrue();
  }

  @Test
  void whatIsNoEndLeavesAStudyUnderWay() {
    assertThat(WorkflowExecutionStatus.values())
        .filteredOn(status -> !StudyWatch.open(status))
        .containsExactlyInAnyOrder(
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED,
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED,
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED,
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT);
  }

  @Test
  void aStudyThatEndedOrWasNeverStartedIsNotInTheWay() {
    start("ended").getResult(StudyStatus.class);

    assertThat(watch.endedInOrder("ended")).isTrue();
    assertThat(watch.makeWay("ended")).isTrue();
    assertThat(watch.makeWay("unknown")).isTrue();
  }
}
