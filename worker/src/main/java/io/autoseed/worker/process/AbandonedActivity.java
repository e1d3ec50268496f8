package io.autoseed.worker.process;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An attempt at an activity that the server takes to be under way though its worker has died.
 *
 * @param workflow that waits for it
 * @param id of the activity in its workflow
 * @param type such as {@code Adapt}
 * @param attempt from 1
 * @param worker that took it
 */
record AbandonedActivity(
    WorkflowExecution workflow, String id, String type, int attempt, WorkerIdentity worker) {
  /** One that is asked to stop stays under way until its worker says that it has. */
  private static final Set<PendingActivityState> UNDER_WAY =
      Set.of(
          PendingActivityState.PENDING_ACTIVITY_STATE_STARTED,
          PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED);

  /**
   * Those of a workflow. While an activity waits for its next attempt the server still names the
   * worker of the last one: it is under nobody's hands and not meant.
   *
   * @param died whether a worker has died; asked only of those whose identity says who they are
   */
  static List<AbandonedActivity> of(
      DescribeWorkflowExecutionResponse workflow, Predicate<WorkerIdentity> died) {
    WorkflowExecution execution = workflow.getWorkflowExecutionInfo().getExecution();
    return workflow.getPendingActivitiesList().stream()
        .filter(activity -> UNDER_WAY.contains(activity.getState()))
        .flatMap(activity -> of(execution, activity, died).stream())
        .toList();
  }

  private static Optional<AbandonedActivity> of(
      WorkflowExecution workflow, PendingActivityInfo activity, Predicate<WorkerIdentity> died) {
    return WorkerIdentity.parse(activity.getLastWorkerIdentity())
        .filter(died)
        .map(
            worker ->
                new AbandonedActivity(
                    workflow,
                    activity.getActivityId(),
                    activity.getActivityType().getName(),
                    activity.getAttempt(),
                    worker));
  }

  /** Such as {@code attempt 1 at Adapt of calm-20261122-084928-61d0/3}. */
  String describe() {
    return "attempt %d at %s of %s".formatted(attempt, type, workflow.getWorkflowId());
  }
}
