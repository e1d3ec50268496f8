package io.autoseed.activities.study;

import io.autoseed.workflows.StudyStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.util.Optional;

/** Looks at studies under way, and ends them. */
public final class StudyWatch {
  private final WorkflowClient client;

  public StudyWatch(WorkflowClient client) {
    this.client = client;
  }

  /** Whether the study was started and has not ended. */
  public boolean underWay(String study) {
    try {
      return workflow(study).describe().getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  /** Where a study stands; empty while no worker says so. */
  public Optional<StudyStatus> status(String study) {
    try {
      return Optional.of(workflow(study).query("status", StudyStatus.class));
    } catch (WorkflowServiceException e) {
      return Optional.empty();
    }
  }

  /** Asks a study to end: it cancels its runs, which save a checkpoint, and reports. */
  public void stop(String study) {
    try {
      workflow(study).cancel();
    } catch (WorkflowException e) {
      throw new IllegalStateException("study " + study + " does not take the request", e);
    }
  }

  private WorkflowStub workflow(String study) {
    return client.newUntypedWorkflowStub(study);
  }
}
