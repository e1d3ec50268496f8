package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.StackOptions;
import io.autoseed.infra.stack.StackProcess;
import io.autoseed.learning.torch.CacheFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerCommandTest {
  @TempDir private Path home;

  @Test
  void theStackItsWorkersAndTheirLibrariesShareOneCache() {
    Path cache = StackOptions.of(home).cache();

    assertThat(CacheFolder.path()).isEqualTo(cache);
    assertThat(WorkerCommand.onCpu("worker", home, 1).environment())
        .containsEntry("AUTOSEED_CACHE", cache.toString());
  }

  @Test
  void aWorkerWithAnyFreePortIsAskedForNothing() {
    StackProcess worker = WorkerCommand.on("cpu", "avx2", "worker", home, 0);

    assertThat(worker.readyUrl()).isEmpty();
    assertThat(worker.command()).containsSubsequence("--health-port", "0");
  }

  @Test
  void aNativeWorkerInheritsNothingOfTheFixedProfile() {
    StackProcess worker = WorkerCommand.on("cpu", "native", "worker", home, 1);

    assertThat(worker.command())
        .startsWith("/usr/bin/env", "-u", "ATEN_CPU_CAPABILITY")
        .containsSubsequence("-u", "DNNL_MAX_CPU_ISA", "-u", "MKL_CBWR")
        .containsSubsequence("--profile", "native");
    assertThat(worker.environment())
        .containsEntry("OMP_NUM_THREADS", "1")
        .doesNotContainKeys("ATEN_CPU_CAPABILITY", "DNNL_MAX_CPU_ISA", "MKL_CBWR");
  }
}
