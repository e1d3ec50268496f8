package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Attempts that do a hundred steps a second and save a checkpoint every fifth second. */
class StepLedgerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final double STEPS_A_SECOND = 100;
  private static final double CHECKPOINT_SECONDS = 5;
  private static final long VICTIM = 41;
  private static final long OTHER = 42;

  private final StepLedger ledger = new StepLedger();

  @Test
  void anUndisturbedPhaseDoesNothingAgain() {
    look(work(1, VICTIM, 0, 100, 0));
    look(work(1, VICTIM, 0, 900, 500));

    assertThat(ledger.redoneSteps()).isZero();
    assertThat(ledger.largestRedoneSeconds()).isNull();
  }

  @Test
  void aKilledAttemptCostsTheStepsSinceItsCheckpointThoseAfterItsLastHeartbeatIncluded() {
    Sighting before = look(work(1, VICTIM, 0, 900, 500));
    ledger.struck(strike(before, 9.5));
    look(work(2, OTHER, 800, 801, 800));

    assertThat(ledger.redoneSteps()).isEqualTo(150);
    assertThat(ledger.largestRedoneSeconds()).isCloseTo(1.5, within(1e-9));
    assertThat(ledger.beyond(CHECKPOINT_SECONDS)).isEmpty();
  }

  @Test
  void aPhaseThatEndedUnseenIsTakenToHaveGoneOnFromItsCheckpoint() {
    Sighting seen = look(work(1, VICTIM, 0, 900, 700));
    Sighting before = new Sighting(Rows.NONE, Set.of("checkpoints/2/ADAPT/00000700"), seen.work());
    ledger.struck(strike(before, 9));
    look(new Work("run/3 1", "Adapt", 3, 1, OTHER, 0, 5, 1000, 0, 0.05, 0, START.plusSeconds(30)));

    assertThat(ledger.redoneSteps()).isEqualTo(200);
    assertThat(ledger.largestRedoneSeconds()).isCloseTo(2, within(1e-9));
  }

  @Test
  void anAttemptThatDidNotGoOnFromItsNewestCheckpointIsNamed() {
    Sighting before = look(work(1, VICTIM, 0, 900, 500));
    ledger.struck(strike(before, 9));
    look(work(2, OTHER, 0, 1, 0));

    assertThat(ledger.largestRedoneSeconds()).isCloseTo(9, within(1e-9));
    assertThat(ledger.beyond(CHECKPOINT_SECONDS))
        .containsExactly(
            "run/2 1, attempt 1 at Adapt: 9.0 s of computing were done again, with checkpoints every 5.0 s");
  }

  @Test
  void anAttemptThatGaveUpByItselfIsCountedToo() {
    look(work(1, VICTIM, 0, 900, 500));
    look(work(2, OTHER, 500, 501, 500));

    assertThat(ledger.redoneSteps()).isEqualTo(400);
    assertThat(ledger.largestRedoneSeconds()).isCloseTo(4, within(1e-9));
  }

  @Test
  void noMoreStepsAreDoneAgainThanThePhaseHas() {
    Sighting before = look(work(1, VICTIM, 0, 990, 500));
    ledger.struck(strike(before, 30));
    look(work(2, OTHER, 500, 501, 500));

    assertThat(ledger.redoneSteps()).isEqualTo(500);
  }

  @Test
  void anAttemptThatNeverSaidHowFarItWasIsNotTakenToHaveLostNothing() {
    Sighting before = look(work(1, VICTIM, 0, 0, 0));
    ledger.struck(strike(before, 0.4));
    look(work(2, OTHER, 0, 1, 0));

    assertThat(ledger.largestRedoneSeconds()).isNull();
  }

  @Test
  void aServiceThatWasKilledCutsNoAttemptShort() {
    Sighting before = look(work(1, VICTIM, 0, 900, 500));
    ledger.struck(strike(before, 9, OTHER));
    look(work(1, VICTIM, 0, 950, 500));

    assertThat(ledger.redoneSteps()).isZero();
  }

  private Sighting look(Work work) {
    Sighting sighting = new Sighting(Rows.NONE, Set.of(), List.of(work));
    ledger.look(sighting);
    return sighting;
  }

  /** An attempt at a phase of 1000 steps, whose heartbeat came when its last step was done. */
  private static Work work(int attempt, long pid, int first, int step, int saved) {
    return new Work(
        "run/2 1",
        "Adapt",
        2,
        attempt,
        pid,
        first,
        step,
        1000,
        first / STEPS_A_SECOND,
        step / STEPS_A_SECOND,
        saved / STEPS_A_SECOND,
        at(step / STEPS_A_SECOND));
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
