package io.autoseed.workflows;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One task of a run: one activity a phase. A child of {@link TaskSequenceWorkflow}. */
@WorkflowInterface
public interface TaskWorkflow {
  /** Returns the manifest of PUBLISH, from which the next task starts. */
  @WorkflowMethod(name = "Task")
  ManifestReference run(TaskRequest request);

  /**
   * Stops the phase being performed, or lets it go on.
   *
   * @param held true to stop
   */
  @SignalMethod
  void hold(boolean held);

  @QueryMethod
  TaskStatus status();
}
