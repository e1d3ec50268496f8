package io.autoseed.worker.process;

import io.autoseed.activities.phase.LoopProgress;
import io.autoseed.workflows.Failures;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.Optional;

/**
 * How often in a row workers have died at an activity that did not get on between two deaths. Each
 * report of a death carries it, for who reports the next one.
 *
 * <p>Getting on is to save a checkpoint with more computing in it, so other activities than those
 * of learning phases never do. A death that nobody reports, which the heartbeat timeout ends, and
 * any other failure begin the count afresh.
 *
 * @param count this death included
 * @param savedSeconds computing that the last checkpoint holds
 */
record Deaths(int count, double savedSeconds) {
  private static final Deaths NONE = new Deaths(0, 0);

  /**
   * With the death of the worker that is at an activity.
   *
   * @param activity as the server knows it
   */
  static Deaths of(PendingActivityInfo activity) {
    Deaths before = before(activity);
    double saved = saved(activity.getHeartbeatDetails());
    return new Deaths(saved > before.savedSeconds ? 1 : before.count + 1, saved);
  }

  private static Deaths before(PendingActivityInfo activity) {
    ApplicationFailureInfo last = activity.getLastFailure().getApplicationFailureInfo();
    return last.getType().equals(Failures.WORKER_DIED)
        ? read(last.getDetails(), Deaths.class).orElse(NONE)
        : NONE;
  }

  /** Details of a heartbeat stay when the next attempt begins. */
  private static double saved(Payloads heartbeat) {
    return read(heartbeat, LoopProgress.class).map(LoopProgress::savedSeconds).orElse(0.0);
  }

  /** Empty if there is nothing, or something else. */
  private static <T> Optional<T> read(Payloads details, Class<T> type) {
    try {
      return Optional.ofNullable(
          DefaultDataConverter.STANDARD_INSTANCE.fromPayloads(0, Optional.of(details), type, type));
    } catch (DataConverterException e) {
      return Optional.empty();
    }
  }
}
