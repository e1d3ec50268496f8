package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.autoseed.activities.phase.LoopProgress;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DefaultDataConverter;
import org.junit.jupiter.api.Test;

class BeatTest {
  private static final LoopProgress PROGRESS =
      new LoopProgress(0, 7, 100, 0, 3.5, 3.5, null, null, null);

  @Test
  void howFarAnAttemptIsItsOwnHeartbeatTells() {
    assertThat(Beat.ofThisAttempt(beaten(1000, 2000))).isEqualTo(PROGRESS);
  }

  @Test
  void theHeartbeatOfTheAttemptBeforeTellsNothingOfThisOne() {
    assertThat(Beat.ofThisAttempt(beaten(3000, 2000))).isEqualTo(LoopProgress.NONE);
    assertThat(Beat.ofThisAttempt(PendingActivityInfo.getDefaultInstance()))
        .isEqualTo(LoopProgress.NONE);
  }

  private static PendingActivityInfo beaten(long startedMillis, long beatMillis) {
    Beat beat = new Beat("", Deaths.NONE, PROGRESS);
    return PendingActivityInfo.newBuilder()
        .setLastStartedTime(Timestamps.fromMillis(startedMillis))
        .setLastHeartbeatTime(Timestamps.fromMillis(beatMillis))
        .setHeartbeatDetails(DefaultDataConverter.STANDARD_INSTANCE.toPayloads(beat).orElseThrow())
        .build();
  }
}
