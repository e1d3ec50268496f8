package io.autoseed.workflows;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * A study: performs its members, each an ordinary run, some at a time, and reports. A member that
 * fails is noted and the others go on. Cancelling it cancels the runs under way; what is done stays
 * done, and the same study started again goes on with the rest.
 */
@WorkflowInterface
public interface StudyWorkflow {
  @WorkflowMethod(name = "Study")
  StudyStatus run(StudyRequest request);

  @QueryMethod
  StudyStatus status();
}
