package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.supervisor.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sees a real process die. */
class NeighboursTest {
  @TempDir private Path stack;
  private final WorkerIdentity self = WorkerIdentity.current("cpu");
  private Process process;
  private Neighbours neighbours;

  @BeforeEach
  void join() throws IOException {
    process = new ProcessBuilder("sleep", "600").start();
    neighbours = of(self);
    neighbours.join();
  }

  @AfterEach
  void endIt() throws InterruptedException {
    kill();
  }

  @Test
  void aDeathIsNoticedOnceByOne() throws Exception {
    of(other(self.space())).join();
    Neighbours third = of(self);
    kill();

    assertThat(Stream.of(neighbours.lostOne(), third.lostOne(), neighbours.lostOne()))
        .containsExactly(true, false, false);
    assertThat(files()).hasSize(1);
  }

  @Test
  void oneThatLivesIsNotMissedEvenIfItIsStopped() throws Exception {
    of(other(self.space())).join();
    assertThat(neighbours.lostOne()).isFalse();

    new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();

    assertThat(neighbours.lostOne()).isFalse();
    assertThat(files()).hasSize(2);
  }

  @Test
  void ofAnotherPidNamespaceNothingIsKnown() throws Exception {
    of(other(self.space() + "1")).join();
    of(other("0a1b2c3d/4026531836")).join();
    kill();

    assertThat(neighbours.lostOne()).isFalse();
    assertThat(files()).hasSize(3);
  }

  @Test
  void whatIsNoWorkersFileIsLeftAlone() throws Exception {
    Path strange = Files.createFile(files().get(0).resolveSibling(files().get(0) + ".draft"));

    assertThat(neighbours.lostOne()).isFalse();
    assertThat(strange).exists();
  }

  private Neighbours of(WorkerIdentity worker) {
    return new Neighbours(stack.resolve("workers"), worker);
  }

  private WorkerIdentity other(String space) {
    return new WorkerIdentity(
        ProcessIdentity.of(process.pid()).orElseThrow(), "host", "cpu", space);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(stack.resolve("workers"))) {
      return files.toList();
    }
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }
}
