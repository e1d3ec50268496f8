package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.phase.ForkedCheckpoint;
import io.autoseed.activities.store.Checkpoints;
import io.autoseed.workflows.Phase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForkPointTest {
  private static final Checkpoints.Place PLACE = new Checkpoints.Place(Phase.ADAPT, 1200);

  @Test
  void aForkOfARunThatWasCancelledInItsFirstTaskSaysThatItTakesTheCheckpoint() {
    assertThat(
            new ForkPoint("calm-1", -1, true, false)
                .begins(Optional.of(new ForkedCheckpoint(PLACE, List.of()))))
        .contains("task 0 goes on from the checkpoint of run calm-1: adapt after step 1200");
  }

  @Test
  void aForkWithOtherSettingsSaysThatItBeginsTheTaskAnew() {
    assertThat(
            new ForkPoint("calm-1", 2, true, false)
                .begins(
                    Optional.of(new ForkedCheckpoint(PLACE, List.of("settings", "random seed")))))
        .contains(
            "task 3 begins anew, not from the checkpoint of run calm-1 (adapt after step 1200):"
                + " other settings, random seed");
  }

  @Test
  void aForkOfARunThatEndedWithoutACheckpointSaysSo() {
    assertThat(new ForkPoint("calm-1", -1, true, false).begins(Optional.empty()))
        .contains("task 0 begins anew: run calm-1 left no checkpoint of it");
  }

  @Test
  void aTaskWithoutARunIsRefused() {
    assertThatThrownBy(() -> ForkPoint.parse("@0", null))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--from: '@0' names no run: write RUN@TASK or RUN");
  }

  @Test
  void aForkAfterAnEarlierTaskNeedsNoWordAboutIt() {
    assertThat(new ForkPoint("calm-1", 0, false, false).begins(Optional.empty())).isEmpty();
  }
}
