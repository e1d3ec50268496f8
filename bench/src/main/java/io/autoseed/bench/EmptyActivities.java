package io.autoseed.bench;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Performs {@link EmptyActivity} a number of times, one after the other. */
@WorkflowInterface
public interface EmptyActivities {
  @WorkflowMethod
  void run(int times);
}
