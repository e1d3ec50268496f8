package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerArchiveTest {
  @TempDir private Path folder;
  private Path arguments;
  private WorkerArchive archive;

  @BeforeEach
  void makeTheLaunchersFile() throws IOException {
    Path build = Files.createDirectory(folder.resolve("the \"build\""));
    arguments = Files.createFile(build.resolve("worker-17.args"));
    archive = new WorkerArchive(arguments);
  }

  @Test
  void workersAreToldOfAnArchiveThatWasMade() throws Exception {
    make(java(), "-XX:ArchiveClassesAtExit=" + archive.part(), "-Xlog:disable", "-version");

    Path made = Path.of(arguments + ".jsa");
    assertThat(made).isNotEmptyFile();
    assertThat(java("-Xlog:cds=info", archive.option(), "-version"))
        .contains("Opened archive " + made);
    assertThat(left()).containsExactlyInAnyOrder(arguments, made);
  }

  @Test
  void workersStartWithoutAnArchiveIfNoneCouldBeMade() throws Exception {
    make("false");

    assertThat(arguments).isEmptyFile();
    assertThat(java(archive.option(), "-version")).contains("version");
    assertThat(left()).containsExactly(arguments);
  }

  @Test
  void halfAnArchiveOfARehearsalThatWasCutShortIsNotTaken() throws Exception {
    make("sh", "-c", "echo half > \"$0\"; kill -9 $$", archive.part().toString());

    assertThat(arguments).isEmptyFile();
    assertThat(left()).containsExactly(arguments);
  }

  private void make(String... rehearsal) throws InterruptedException {
    assertThat(
            archive.make(new ProcessBuilder(rehearsal)).orElseThrow().waitFor(1, TimeUnit.MINUTES))
        .isTrue();
  }

  private static String java(String... arguments) throws IOException {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of(java()), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(arguments.getParent())) {
      return files.toList();
    }
  }
}
