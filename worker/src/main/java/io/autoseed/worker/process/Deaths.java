package io.autoseed.worker.process;

import io.autoseed.activities.phase.LoopProgress;
import io.autoseed.workflows.Failures;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.util.function.Predicate;

/**
 * How often in a row workers have died at an activity that did not get on between two deaths
 * ({@link LoopProgress#gotOn}). Each attempt counts them as it begins, and its heartbeats carry the
 * count ({@link Beat}). An attempt that failed otherwise, or whose worker lives or is out of sight,
 * begins the count afresh.
 */
public record Deaths(int count) {
  static final Deaths NONE = new Deaths(0);

  /**
   * Those before the attempt that is under way.
   *
   * @param activity as the server knows it before the attempt's first heartbeat
   * @param died whether a worker has died, as far as can be seen
   */
  static Deaths before(PendingActivityInfo activity, Predicate<WorkerIdentity> died) {
    Beat last = Beat.last(activity);
    if (!endedByDeath(activity.getLastFailure(), last, died)) {
      return NONE;
    }
    return new Deaths(last.progress().gotOn() ? 1 : last.deaths().count() + 1);
  }

  /** Somebody has seen it and reported it, or the heartbeat timeout has passed before that. */
  private static boolean endedByDeath(Failure end, Beat last, Predicate<WorkerIdentity> died) {
    return end.getApplicationFailureInfo().getType().equals(Failures.WORKER_DIED)
        || (end.hasTimeoutFailureInfo()
            && WorkerIdentity.parse(last.worker()).filter(died).isPresent());
  }
}
