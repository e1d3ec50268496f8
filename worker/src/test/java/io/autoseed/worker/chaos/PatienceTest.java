package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private Instant now = Instant.EPOCH;
  private final Patience patience = new Patience(Duration.ofMinutes(10), () -> now);

  private void see(int minute, String... commits) {
    now = Instant.EPOCH.plus(Duration.ofMinutes(minute));
    Rows rows = new Rows("RUNNING", Set.of(commits), Set.of(), 0, 0);
    patience.see(new Sighting(rows, Set.of(), List.of()));
  }

  @Test
  void aRunThatStandsStillIsLost() {
    see(1, "0/ENCODE");
    see(11, "0/ENCODE");

    assertThatThrownBy(() -> see(12, "0/ENCODE"))
        .isInstanceOf(LostRunException.class)
        .hasMessageContainingAll("lost", "600 s");
  }

  @Test
  void aRunThatNeverBeginsIsLost() {
    assertThatThrownBy(() -> see(11)).isInstanceOf(LostRunException.class);
  }

  @Test
  void aRunThatGoesOnMayTakeAsLongAsItLikes() {
    assertThatCode(
            () -> {
              see(9, "0/ENCODE");
              see(18, "0/ENCODE", "0/REPLAY");
              see(27, "0/ENCODE", "0/REPLAY", "0/ADAPT");
            })
        .doesNotThrowAnyException();
  }
}
