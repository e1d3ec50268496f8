package io.autoseed.infra.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentSpecTest {
  private static ComponentSpec spec(String... command) {
    return new ComponentSpec(
        "a-name",
        List.of(command),
        Map.of("KEY", "multi\nline = ä"),
        Path.of("/some where"),
        Path.of("/log"),
        "INT",
        Duration.ofMillis(1500),
        "stray",
        "http://127.0.0.1:1/ready");
  }

  @Test
  void comesBackFromItsFileAsItWent(@TempDir Path folder) throws Exception {
    RunDirectory run = new RunDirectory(folder);
    ComponentSpec spec = spec("program", "", "with blank", "ü=1", "#x");

    run.ask(spec);

    assertThat(run.desired()).isEqualTo(Map.of("a-name", spec));
    Path file = folder.resolve("desired/a-name");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void everyDifferenceChangesTheDigest() {
    assertThat(spec("a", "b").digest())
        .isEqualTo(spec("a", "b").digest())
        .isNotEqualTo(spec("a", "c").digest())
        .isNotEqualTo(spec("a").digest());
  }

  @Test
  void aNameThatCouldLeaveTheFolderIsRefused() {
    assertThatThrownBy(
            () ->
                ComponentSpec.of(
                    "../x", List.of("true"), Map.of(), Path.of("/"), Path.of("/"), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("../x");
  }
}
