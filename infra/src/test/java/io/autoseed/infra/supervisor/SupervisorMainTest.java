package io.autoseed.infra.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorMainTest {
  @TempDir private Path folder;

  @Test
  void aDiskThatDoesNotTakeItsNameEndsItWithOneLine() throws Exception {
    Path run = folder.resolve("run");
    Path name = run.resolve("supervisor");
    Files.createDirectories(name.resolve("in the way")); // of the file, even for root
    Path log = folder.resolve("supervisor.log");

    Process supervisor =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SupervisorMain.class.getName(),
                run.toString(),
                "digest",
                log.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(supervisor.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(supervisor.exitValue()).isEqualTo(1);
    assertThat(Files.readString(log))
        .contains("ends: " + name + " could not be written: is the disk full? (")
        .doesNotContain("\tat ");
  }
}
