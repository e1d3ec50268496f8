package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.worker.chaos.ChaosReport.OfTarget;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaosReportTest {
  @Test
  void theRecoveryOfWhatWasKilledIsToldFromThatOfWhatWasStopped() {
    List<StrikeResult> results =
        List.of(
            result(Strike.Kind.KILL, 2.5),
            result(Strike.Kind.PAUSE, 11.5),
            result(Strike.Kind.KILL, 3.5));

    assertThat(ChaosReport.byTarget(List.of(Target.WORKER, Target.STORE), results))
        .containsEntry("worker", new OfTarget(3, 1, 3, 11.5, 3.5, 11.5, 11.5, null, null))
        .containsEntry("store", new OfTarget(0, 0, 0, null, null, null, null, null, null));
  }

  private static StrikeResult result(Strike.Kind kind, double recoverySeconds) {
    Strike strike =
        new Strike(
            Target.WORKER,
            kind,
            List.of("worker"),
            Set.of(2647L),
            Instant.EPOCH,
            Sighting.NONE,
            true,
            0,
            false);
    return new StrikeResult(strike, recoverySeconds, "a step", List.of());
  }
}
