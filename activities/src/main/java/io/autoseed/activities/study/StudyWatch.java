package io.autoseed.activities.study;

import io.autoseed.activities.phase.EndedWorkflow;
import io.autoseed.workflows.StudyStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.util.Optional;
import java.util.Set;

/** Looks at studies under way, and ends them. */
public final class StudyWatch {
  private static final Set<WorkflowExecutionStatus> ORDERLY =
      Set.of(
          WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
          WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);

  private final WorkflowClient client;

  public StudyWatch(WorkflowClient client) {
    this.client = client;
  }

  /** Whether the study was started and has not ended. */
  public boolean underWay(String study) {
    try {
      return open(workflow(study).describe().getStatus());
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  static boolean open(WorkflowExecutionStatus status) {
    return !EndedWorkflow.has(status);
  }

  /**
   * Whether a study that ended wrote its report before, as it does when it is done or stopped; one
   * that failed or was terminated may not have. One that Temporal does not know any more has the
   * report that it had.
   */
  public boolean endedInOrder(String study) {
    try {
      return ORDERLY.contains(workflow(study).describe().getStatus());
    } catch (WorkflowNotFoundException forgotten) {
      return true;
    }
  }

  /**
   * Makes way for a study to be started again: ends it if it has reported and only waits for the
   * tracking server, which the next start tells all of it.
   *
   * @return false if it is under way and has not reported; then it goes on
   */
  public boolean makeWay(String study) {
    if (!underWay(study)) {
      return true;
    }
    WorkflowTargetOptions execution =
        WorkflowTargetOptions.newBuilder()
            .setWorkflowExecution(workflow(study).describe().getExecution())
            .build();
    if (status(study).filter(StudyStatus::reported).isEmpty()) {
      return false;
    }
    try {
      client
          .newUntypedWorkflowStub(execution)
          .terminate("its report is written, and the study is started again");
    } catch (WorkflowNotFoundException ended) {
      // It has ended by itself meanwhile.
    }
    return true;
  }

  /** Where a study stands; empty while no worker says so, and if Temporal does not know it. */
  public Optional<StudyStatus> status(String study) {
    try {
      return Optional.of(workflow(study).query("status", StudyStatus.class));
    } catch (WorkflowException e) {
      return Optional.empty();
    }
  }

  /**
   * Asks a study to end: it cancels its runs, which save a checkpoint, and reports.
   *
   * @return false if it has reported and only waits for the tracking server; then it goes on
   */
  public boolean stop(String study) {
    if (status(study).filter(StudyStatus::reported).isPresent()) {
      return false;
    }
    try {
      workflow(study).cancel();
      return true;
    } catch (WorkflowException e) {
      throw new IllegalStateException("study " + study + " does not take the request", e);
    }
  }

  private WorkflowStub workflow(String study) {
    return client.newUntypedWorkflowStub(study);
  }
}
