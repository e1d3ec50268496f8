package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.study.StudyEstimate;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskLimitTest {
  private static StudyEstimate keeping(long bytes) {
    return new StudyEstimate(8, 1, bytes, Set.of());
  }

  @Test
  void aStudyThatFitsIsStarted(@TempDir Path folder) {
    assertThat(DiskLimit.refusal(keeping(1), Optional.of(folder))).isEmpty();
    assertThat(DiskLimit.refusal(keeping(100), folder, 100)).isEmpty();
  }

  @Test
  void whatDoesNotFitHereIsStartedIfItsStoreRunsElsewhere(@TempDir Path folder) {
    StudyEstimate endless = keeping(Long.MAX_VALUE);

    assertThat(DiskLimit.refusal(endless, Optional.of(folder))).isNotEmpty();
    assertThat(DiskLimit.refusal(endless, Optional.empty())).isEmpty();
  }

  @Test
  void aLargerOneIsRefusedWithWhatItWouldKeepAndWhatIsFree() {
    assertThat(DiskLimit.refusal(keeping(80_000_000_000L), Path.of("state"), 20_400_000_000L))
        .hasValueSatisfying(
            why -> assertThat(why).contains("would keep 80.0 GB, and 20.4 GB are free at state"));
  }
}
