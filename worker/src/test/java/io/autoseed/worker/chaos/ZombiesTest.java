package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A worker at SEED_UPDATE of task 2 is stopped at second 0 for twelve seconds. */
class ZombiesTest {
  private static final Instant STOPPED = Instant.parse("2026-01-01T00:00:00Z");
  private static final double PAUSE = 12;
  private static final long ZOMBIE = 41;

  @Test
  void anAttemptWhosePhaseWasCommittedWhileItSleptIsOne() {
    assertThat(woken(Strike.Kind.PAUSE, ZOMBIE, "SEED_UPDATE", 11)).isEqualTo(1);
  }

  @Test
  void anAttemptThatWokeBeforeOrHadCommittedItselfIsNone() {
    assertThat(woken(Strike.Kind.PAUSE, ZOMBIE, "SEED_UPDATE", 13)).isZero();
    assertThat(woken(Strike.Kind.PAUSE, ZOMBIE, "SEED_UPDATE", -0.1)).isZero();
  }

  @Test
  void otherPhasesOtherWorkersAndTheDeadAreNone() {
    assertThat(woken(Strike.Kind.PAUSE, ZOMBIE, "ADAPT", 11)).isZero();
    assertThat(woken(Strike.Kind.PAUSE, 42, "SEED_UPDATE", 11)).isZero();
    assertThat(woken(Strike.Kind.KILL, ZOMBIE, "SEED_UPDATE", 11)).isZero();
  }

  private static int woken(Strike.Kind kind, long pid, String phase, double committedAfter) {
    Instant committed = STOPPED.plusMillis(Math.round(1000 * committedAfter));
    PhaseRow row =
        new PhaseRow(
            "run", 2, phase, 2, "key", "v1", "sha", "outcome", null, 1.0, STOPPED, STOPPED,
            committed);
    return Zombies.woken(
        List.of(new StrikeResult(strike(kind, pid), 0, true, "a commit", List.of())),
        run -> run.equals("run") ? List.of(row) : List.of());
  }

  private static Strike strike(Strike.Kind kind, long pid) {
    Work work = new Work("run/2 5", "SeedUpdate", 2, 1, pid, 0, 3, 10, 0, 0.3, 0, STOPPED);
    Sighting before = new Sighting(Rows.NONE, Set.of(), List.of(work));
    return new Strike(
        Target.WORKER, kind, List.of("worker"), Set.of(ZOMBIE), STOPPED, before, true, PAUSE, true);
  }
}
