package io.autoseed.infra.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {
  private static final ProcessIdentity WORKER = new ProcessIdentity(2647, 4182137);

  /** As the system shows them. */
  @TempDir private Path processes;

  @Test
  void aProcessIsDeadOnceItHasEnded() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();
    assertThat(identity.dead()).isFalse();

    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

    assertThat(identity.dead()).isTrue();
    assertThat(identity.alive()).isFalse();
  }

  @Test
  void aProcessThatCannotBeSeenIsNotTakenForDeadWhereOthersCannotEither() throws IOException {
    assertThat(WORKER.dead(processes)).isFalse();

    show(1, 4);
    assertThat(WORKER.dead(processes)).isTrue();
    show(WORKER.pid(), WORKER.startTicks());
    assertThat(WORKER.dead(processes)).isFalse();
    show(WORKER.pid(), WORKER.startTicks() + 1);
    assertThat(WORKER.dead(processes)).as("its number is another's").isTrue();
  }

  private void show(long pid, long startTicks) throws IOException {
    Path folder = Files.createDirectories(processes.resolve(Long.toString(pid)));
    Files.writeString(
        folder.resolve("stat"),
        pid + " (a (b) c) S 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 " + startTicks + " 0 0\n");
  }
}
