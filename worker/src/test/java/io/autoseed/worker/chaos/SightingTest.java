package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightingTest {
  private static final Set<Long> VICTIM = Set.of(7L);
  private static final Sighting BEFORE = adapting(1, 7, 0, 500);

  @Test
  void aRunThatStandsStillHasMadeNoProgress() {
    assertThat(BEFORE.progressSince(BEFORE, VICTIM)).isEmpty();
  }

  @Test
  void theLastWordsOfAKilledWorkerAreNoProgress() {
    assertThat(adapting(1, 7, 0, 600).progressSince(BEFORE, VICTIM)).isEmpty();
  }

  @Test
  void stepsOfAWorkerThatWasNotHitAre() {
    assertThat(adapting(1, 7, 0, 600).progressSince(BEFORE, Set.of(99L))).contains("a step");
  }

  @Test
  void anAttemptHasToDoAStepOfItsOwnAfterItsCheckpoint() {
    assertThat(adapting(2, 8, 400, 400).progressSince(BEFORE, VICTIM)).isEmpty();
    assertThat(adapting(2, 8, 400, 401).progressSince(BEFORE, VICTIM)).contains("a step");
  }

  @Test
  void commitsAndCheckpointsAreProgress() {
    Rows rows = new Rows("RUNNING", Set.of("0/ADAPT"), Set.of(), 0, 0);
    Sighting committed = new Sighting(rows, Set.of(), BEFORE.work());
    Sighting checkpointed = new Sighting(Rows.NONE, Set.of("checkpoints/0/ADAPT/1"), BEFORE.work());

    assertThat(committed.progressSince(BEFORE, VICTIM)).contains("a commit");
    assertThat(checkpointed.progressSince(BEFORE, VICTIM)).contains("a checkpoint");
  }

  @Test
  void theNewestCheckpointOfAPhaseIsTheOneWithMostSteps() {
    Sighting sighting =
        new Sighting(
            Rows.NONE,
            Set.of(
                "checkpoints/0/ADAPT/00000090",
                "checkpoints/0/ADAPT/00000100",
                "checkpoints/1/ADAPT/00000999",
                "features/ab.safetensors"),
            BEFORE.work());

    assertThat(sighting.checkpointed(BEFORE.work().get(0))).isEqualTo(100);
    assertThat(BEFORE.checkpointed(BEFORE.work().get(0))).isZero();
  }

  private static Sighting adapting(int attempt, long pid, int first, int step) {
    return new Sighting(
        Rows.NONE,
        Set.of(),
        List.of(
            new Work(
                "run/0 1", "Adapt", 0, attempt, pid, first, step, 1000, 0, 0, 0, Instant.EPOCH)));
  }
}
