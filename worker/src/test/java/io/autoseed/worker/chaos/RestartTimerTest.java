package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTimerTest {
  @TempDir Path home;

  @Test
  void aRestartThatNobodyCanTellOfIsMissingAndBreaksNoReport() throws Exception {
    Files.createDirectories(home.resolve("run"));
    Files.writeString(home.resolve("run/state"), "a file where a folder is expected");

    assertThat(RestartTimer.start(LocalStack.open(home), "worker", Set.of(41L), Instant.now()))
        .succeedsWithin(Duration.ofMinutes(1))
        .satisfies(restart -> assertThat(restart).isEmpty());
  }
}
