package io.autoseed.activities.phase;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.util.Set;

/** What Temporal says of a workflow that has ended. */
public final class EndedWorkflow {
  private static final Set<WorkflowExecutionStatus> ENDS =
      Set.of(
          WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
          WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED,
          WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED,
          WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED,
          WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT);

  private EndedWorkflow() {}

  /** Whatever is no end is none: a pause, another execution of it, a word of a later server. */
  public static boolean has(WorkflowExecutionStatus status) {
    return ENDS.contains(status);
  }
}
