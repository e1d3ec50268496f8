package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.study.StudyEstimate;
import io.autoseed.infra.stack.DiskRoom;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiskLimitTest {
  private static StudyEstimate keeping(long bytes) {
    return new StudyEstimate(8, 1, bytes, Set.of());
  }

  private static Optional<DiskRoom> free(long bytes) {
    return Optional.of(new DiskRoom(Path.of("state"), bytes, Long.MAX_VALUE));
  }

  @Test
  void aStudyThatFitsIsStarted() {
    assertThat(DiskLimit.refusal(keeping(100), free(100))).isEmpty();
  }

  @Test
  void whatDoesNotFitHereIsStartedIfItsStoreRunsElsewhere() {
    StudyEstimate endless = keeping(Long.MAX_VALUE);

    assertThat(DiskLimit.refusal(endless, free(100))).isNotEmpty();
    assertThat(DiskLimit.refusal(endless, Optional.empty())).isEmpty();
  }

  @Test
  void aLargerOneIsRefusedWithWhatItWouldKeepAndWhatIsFree() {
    assertThat(DiskLimit.refusal(keeping(80_000_000_000L), free(20_400_000_000L)))
        .hasValueSatisfying(
            why -> assertThat(why).contains("would keep 80.0 GB, and 20.4 GB are free at state"));
  }
}
