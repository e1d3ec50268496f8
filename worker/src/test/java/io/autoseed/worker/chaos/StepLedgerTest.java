package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepLedgerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long VICTIM = 41;
  private static final long OTHER = 42;

  private final StepLedger ledger = new StepLedger();

  @Test
  void anUndisturbedPhaseDoesNothingAgain() {
    look(work(1, VICTIM, 0, 100, 1));
    look(work(1, VICTIM, 0, 900, 9));

    assertThat(ledger.redoneSteps()).isZero();
  }

  @Test
  void aKilledAttemptCostsTheStepsSinceItsCheckpointThoseAfterItsLastHeartbeatIncluded() {
    look(work(1, VICTIM, 0, 100, 1));
    Sighting before = look(work(1, VICTIM, 0, 900, 9));
    ledger.struck(strike(before, 9.5));
    look(work(2, OTHER, 800, 801, 20));

    assertThat(ledger.redoneSteps()).isEqualTo(150);
    assertThat(ledger.largestRedoneSeconds()).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void aPhaseThatEndedUnseenIsTakenToHaveGoneOnFromItsCheckpoint() {
    look(work(1, VICTIM, 0, 100, 1));
    Sighting seen = look(work(1, VICTIM, 0, 900, 9));
    Sighting before =
        new Sighting(
            "RUNNING", null, Set.of(), Set.of("checkpoints/2/ADAPT/00000700"), seen.work());
    ledger.struck(strike(before, 9));
    look(new Work("run/3 1", "Adapt", 3, 1, OTHER, 0, 5, 1000, START.plusSeconds(30)));

    assertThat(ledger.redoneSteps()).isEqualTo(200);
  }

  @Test
  void aServiceThatWasKilledCutsNoAttemptShort() {
    look(work(1, VICTIM, 0, 100, 1));
    Sighting before = look(work(1, VICTIM, 0, 900, 9));
    ledger.struck(strike(before, 9, OTHER));
    look(work(1, VICTIM, 0, 950, 10));

    assertThat(ledger.redoneSteps()).isZero();
  }

  private Sighting look(Work work) {
    Sighting sighting = new Sighting("RUNNING", null, Set.of(), Set.of(), List.of(work));
    ledger.look(sighting);
    return sighting;
  }

  private static Work work(int attempt, long pid, int first, int step, double second) {
    return new Work("run/2 1", "Adapt", 2, attempt, pid, first, step, 1000, at(second));
  }

  private static Strike strike(Sighting before, double second, long... victims) {
    return new Strike(
        Target.WORKER,
        Strike.Kind.KILL,
        List.of("worker"),
        victims.length == 0 ? Set.of(VICTIM) : Set.of(victims[0]),
        at(second),
        before,
        true,
        0,
        false);
  }

  private static Instant at(double second) {
    return START.plusMillis(Math.round(1000 * second));
  }
}
