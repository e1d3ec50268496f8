package io.autoseed.workflows;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * A run: learns the tasks of a sequence one after the other. The workflow's id is the run's id.
 * Updates validate and change state, nothing else; what follows from them happens in the workflow.
 */
@WorkflowInterface
public interface TaskSequenceWorkflow {
  @WorkflowMethod(name = "TaskSequence")
  RunStatus run(RunRequest request);

  @QueryMethod
  RunStatus status();

  /**
   * Stops the phase being performed at its next step, after a checkpoint. Refused if the run is
   * paused already; the run counts as paused in the catalog once it rests.
   */
  @UpdateMethod
  RunStatus pause();

  @UpdateValidatorMethod(updateName = "pause")
  void checkPause();

  /** Goes on from the checkpoint. Refused if the run is not paused. */
  @UpdateMethod
  RunStatus resume();

  @UpdateValidatorMethod(updateName = "resume")
  void checkResume();

  /**
   * Adds the tasks of a longer revision. Refused unless it revises the newest one; the same update
   * id again changes nothing.
   */
  @UpdateMethod
  RunStatus append(AppendRequest request);

  @UpdateValidatorMethod(updateName = "append")
  void checkAppend(AppendRequest request);
}
