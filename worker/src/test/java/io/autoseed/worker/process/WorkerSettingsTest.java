package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {
  @Test
  void aWorkerOnTheCpuHasTheProfileThatGivesEqualBitsEverywhere() {
    assertThat(WorkerSettings.parse("--home", "stack"))
        .isEqualTo(new WorkerSettings(Path.of("stack"), "cpu", "avx2", 0, false));
  }

  @Test
  void aWorkerOnAGpuHasItsOwnProfile() {
    assertThat(WorkerSettings.parse("--home", "stack", "--device", "cuda:1").profile())
        .isEqualTo("cuda");
  }

  @Test
  void anotherProfileThanTheQueuesIsMendedInItsOwnDirection() {
    WorkerSettings fixed = new WorkerSettings(Path.of("stack"), "cpu", "avx2", 0, false);
    WorkerSettings free = new WorkerSettings(Path.of("stack"), "cpu", "native", 0, false);
    WorkerSettings gpu = new WorkerSettings(Path.of("stack"), "cuda:0", "avx2", 0, false);

    assertThat(fixed.mismatch("native"))
        .contains("expected the numeric profile avx2, found native")
        .contains("start it with the environment {ATEN_CPU_CAPABILITY=avx2");
    assertThat(free.mismatch("avx2"))
        .contains("ATEN_CPU_CAPABILITY, DNNL_MAX_CPU_ISA, MKL_CBWR not set")
        .endsWith("or --profile avx2");
    assertThat(gpu.mismatch("cuda")).endsWith("start it with --profile cuda");
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
