package io.autoseed.infra.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {
  @TempDir private Path folder;
  private Path file;
  private Path predecessor;

  @BeforeEach
  void setUp() {
    file = folder.resolve("component.log");
    predecessor = folder.resolve("component.log.1");
  }

  @Test
  void aLogThatIsBeingWrittenIsCutAndWrittenOn() throws Exception {
    try (OutputStream writer =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      writer.write("twelve bytes".getBytes(StandardCharsets.UTF_8));
      new BoundedLog(file, 12).trim();
      assertThat(predecessor).doesNotExist();

      writer.write('!');
      new BoundedLog(file, 12).trim();
      writer.write("on".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(predecessor).hasContent("twelve bytes!");
    assertThat(file).hasContent("on");
  }

  @Test
  void whereNoPredecessorCanBeKeptTheLogIsCutAllTheSame() throws Exception {
    Files.writeString(file, "too long");
    Files.createDirectories(predecessor.resolve("in-the-way"));

    assertThatThrownBy(() -> new BoundedLog(file, 4).trim())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("component.log");

    assertThat(file).isEmptyFile();
  }

  @Test
  void aLogThatDoesNotExistYetIsLeftAlone() {
    new BoundedLog(file, 4).trim();

    assertThat(folder).isEmptyDirectory();
  }
}
