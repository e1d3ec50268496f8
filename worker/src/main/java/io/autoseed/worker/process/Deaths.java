package io.autoseed.worker.process;

import io.autoseed.workflows.Failures;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.util.function.Predicate;

/**
 * How often in a row workers have died at an activity that did not get on between two deaths. Each
 * attempt counts them as it begins, and its heartbeats carry the count ({@link Beat}).
 *
 * <p>Getting on is to save a checkpoint with more computing in it, so other activities than those
 * of learning phases never do. An attempt that failed otherwise, or whose worker lives or is out of
 * sight, begins the count afresh.
 *
 * @param count of deaths in a row
 * @param savedSeconds the most computing that a checkpoint was known to hold
 */
public record Deaths(int count, double savedSeconds) {
  static final Deaths NONE = new Deaths(0, 0);

  /**
   * Those before the attempt that is under way.
   *
   * @param activity as the server knows it before the attempt's first heartbeat
   * @param died whether a worker has died, as far as can be seen
   */
  static Deaths before(PendingActivityInfo activity, Predicate<WorkerIdentity> died) {
    Beat last = Beat.last(activity);
    return endedByDeath(activity.getLastFailure(), last, died)
        ? last.deaths().andOneMore(last.progress().savedSeconds())
        : NONE;
  }

  /** Somebody has seen it and reported it, or the heartbeat timeout has passed before that. */
  private static boolean endedByDeath(Failure end, Beat last, Predicate<WorkerIdentity> died) {
    return end.getApplicationFailureInfo().getType().equals(Failures.WORKER_DIED)
        || (end.hasTimeoutFailureInfo()
            && WorkerIdentity.parse(last.worker()).filter(died).isPresent());
  }

  private Deaths andOneMore(double saved) {
    return saved > savedSeconds ? new Deaths(1, saved) : new Deaths(count + 1, savedSeconds);
  }
}
