package io.autoseed.worker.process;

import com.google.protobuf.util.Timestamps;
import io.autoseed.activities.phase.LoopProgress;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.Optional;

/**
 * What every heartbeat of a worker carries. The server keeps it when the attempt ends, however it
 * ends, so that the next one knows who was at the activity before.
 *
 * @param worker identity of the process that performs the attempt; empty if none is known
 * @param deaths of workers at the activity before this attempt
 * @param progress {@link LoopProgress#NONE} of an activity that tells of none
 */
public record Beat(String worker, Deaths deaths, LoopProgress progress) {
  private static final Beat NONE = new Beat("", Deaths.NONE, LoopProgress.NONE);

  /** What is missing, as in heartbeats of other builds, is taken for nothing. */
  public Beat {
    worker = worker == null ? "" : worker;
    deaths = deaths == null ? Deaths.NONE : deaths;
    progress = progress == null ? LoopProgress.NONE : progress;
  }

  /** The activity's last one, also if that was of an earlier attempt; of nothing if it has none. */
  public static Beat last(PendingActivityInfo activity) {
    return read(activity.getHeartbeatDetails());
  }

  /** How far the attempt under way is, as its last heartbeat tells; of none before that came. */
  public static LoopProgress ofThisAttempt(PendingActivityInfo activity) {
    boolean ofEarlierAttempt =
        Timestamps.compare(activity.getLastHeartbeatTime(), activity.getLastStartedTime()) < 0;
    return ofEarlierAttempt ? LoopProgress.NONE : last(activity).progress();
  }

  /** Of nothing if there is none, or something else. */
  static Beat read(Payloads details) {
    try {
      Beat read =
          DefaultDataConverter.STANDARD_INSTANCE.fromPayloads(
              0, Optional.of(details), Beat.class, Beat.class);
      return read == null ? NONE : read;
    } catch (DataConverterException e) {
      return NONE;
    }
  }
}
