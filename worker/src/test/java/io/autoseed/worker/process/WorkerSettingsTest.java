package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {
  @Test
  void aWorkerOnTheCpuHasTheProfileThatGivesEqualBitsEverywhere() {
    assertThat(WorkerSettings.parse("--home", "stack"))
        .isEqualTo(new WorkerSettings(Path.of("stack"), "cpu", "avx2", 0));
  }

  @Test
  void aWorkerOnAGpuHasItsOwnProfile() {
    assertThat(WorkerSettings.parse("--home", "stack", "--device", "cuda:1").profile())
        .isEqualTo("cuda");
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertThatThrownBy(() -> WorkerSettings.parse("--device", "cpu"))
        .hasMessageStartingWith("--home is missing");
    assertThatThrownBy(() -> WorkerSettings.parse("--home"))
        .hasMessageStartingWith("--home needs a value");
    assertThatThrownBy(() -> WorkerSettings.parse("--hom", "stack"))
        .hasMessageStartingWith("unknown option --hom");
  }
}
