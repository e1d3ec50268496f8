package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.phase.LoopProgress;
import io.autoseed.workflows.Failures;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import org.junit.jupiter.api.Test;

class DeathsTest {
  private static final DataConverter CONVERTER = DefaultDataConverter.STANDARD_INSTANCE;

  @Test
  void theFirstDeathIsOne() {
    assertThat(Deaths.of(PendingActivityInfo.getDefaultInstance())).isEqualTo(new Deaths(1, 0));
  }

  @Test
  void aDeathAtTheSamePlaceIsOneMore() {
    assertThat(Deaths.of(after(reported(3, 2.5), savedSeconds(2.5)))).isEqualTo(new Deaths(4, 2.5));
  }

  @Test
  void aDeathAfterAnotherCheckpointIsTheFirstAgain() {
    assertThat(Deaths.of(after(reported(3, 2.5), savedSeconds(4)))).isEqualTo(new Deaths(1, 4));
  }

  @Test
  void aDeathAfterOtherTroubleIsTheFirstAgain() {
    Throwable trouble = Failures.unavailable("data is out of reach", null);

    assertThat(Deaths.of(after(trouble, savedSeconds(2.5)))).isEqualTo(new Deaths(1, 2.5));
  }

  /** Shards encoded, nothing. */
  @Test
  void whatSavesNoCheckpointsDoesNotGetOn() {
    assertThat(Deaths.of(after(reported(3, 0), 7))).isEqualTo(new Deaths(4, 0));
    assertThat(Deaths.of(after(reported(3, 0), null))).isEqualTo(new Deaths(4, 0));
  }

  private static Throwable reported(int count, double savedSeconds) {
    return Failures.workerDied("2647@host", new Deaths(count, savedSeconds));
  }

  private static LoopProgress savedSeconds(double seconds) {
    return new LoopProgress(0, 9, 100, 0, seconds + 1, seconds, null, null, null);
  }

  private static PendingActivityInfo after(Throwable failure, Object heartbeat) {
    return PendingActivityInfo.newBuilder()
        .setLastFailure(CONVERTER.exceptionToFailure(failure))
        .setHeartbeatDetails(CONVERTER.toPayloads(heartbeat).orElseThrow())
        .build();
  }
}
