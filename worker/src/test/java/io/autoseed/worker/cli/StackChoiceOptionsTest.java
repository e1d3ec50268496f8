package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.StackProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackChoiceOptionsTest {
  private static final ProgramCommand PROGRAM =
      new ProgramCommand(Path.of("/jdk/bin/java"), List.of("-cp", "a.jar"));

  @TempDir Path home;

  @Test
  void aWrongValueIsAUsageErrorThatSaysWhatIsExpected() {
    assertThat(CommandRun.in(home, "up", "--workers", "9").exit()).isEqualTo(2);
    assertThat(CommandRun.in(home, "up", "--workers", "9").err()).contains("0 to 4, found 9");
    assertThat(CommandRun.in(home, "up", "--object-store", "floppy").err())
        .contains("seaweedfs, minio or a URL, found floppy");
    assertThat(CommandRun.in(home, "up", "--postgres", "mysql").err())
        .contains("pinned, path or an address, found mysql");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void theNumberOfWorkersIsKeptForTheNextUp() {
    assertThat(StackProcesses.read(home)).isEqualTo(StackProcesses.DEFAULT);
    new StackProcesses(3).write(home);
    assertThat(StackProcesses.read(home).workers()).isEqualTo(3);
  }

  @Test
  void everyProcessHasANameAndAPortOfItsOwn() {
    List<StackProcess> processes = new StackProcesses(4).commands(home, 17307, 17308, PROGRAM);
    assertThat(processes)
        .extracting(StackProcess::name)
        .containsExactly("worker", "worker-2", "worker-3", "worker-4", "console");
    assertThat(processes).extracting(StackProcess::readyUrl).doesNotHaveDuplicates();
  }

  @Test
  void statusOfAStackThatNeverWasUpSaysHowToStartIt() {
    CommandRun run = CommandRun.in(home, "status");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("autoseed up");
    assertThat(CommandRun.in(home, "status", "--json").out()).contains("\"healthy\" : false");
  }

  @Test
  void runsOfAStackThatNeverWasUpFailsInOneLineAndOneDocument() {
    CommandRun run = CommandRun.in(home, "runs", "--json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("autoseed up");
    assertThat(run.out()).startsWith("{").contains("\"error\"");
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    Files.writeString(home.resolve("processes.json"), "{");
    CommandRun run = CommandRun.in(home, "up");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("processes.json");
  }
}
