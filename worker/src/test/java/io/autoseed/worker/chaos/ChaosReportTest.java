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
        .containsEntry("worker", new OfTarget(3, 1, 3, 0, 11.5, 3.5, 11.5, 11.5, null, null))
        .containsEntry("store", new OfTarget(0, 0, 0, 0, null, null, null, null, null, null));
  }

  @Test
  void whatTheRunHadNoNeedOfIsCountedApart() {
    List<StrikeResult> results =
        List.of(
            result(Strike.Kind.KILL, 2.5),
            new StrikeResult(strike(Strike.Kind.KILL), 30, false, "a step", List.of()));

    assertThat(ChaosReport.byTarget(List.of(Target.WORKER), results))
        .containsEntry("worker", new OfTarget(2, 0, 2, 1, 2.5, 2.5, null, 2.5, null, null));
  }

  private static StrikeResult result(Strike.Kind kind, double recoverySeconds) {
    return new StrikeResult(strike(kind), recoverySeconds, true, "a step", List.of());
  }

  private static Strike strike(Strike.Kind kind) {
    return new Strike(
        Target.WORKER,
        kind,
        List.of("worker"),
        Set.of(2647L),
        Instant.EPOCH,
        Sighting.NONE,
        true,
        0,
        false);
  }
}
