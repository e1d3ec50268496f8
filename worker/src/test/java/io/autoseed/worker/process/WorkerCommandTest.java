package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.StackOptions;
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
}
