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
    StackProcesses.onCpu(3, "native").write(home);
    assertThat(StackProcesses.read(home)).isEqualTo(StackProcesses.onCpu(3, "native"));
  }

  @Test
  void workersOfAnOlderBuildAreOnTheCpu() throws Exception {
    Files.writeString(home.resolve("processes.json"), "{\"workers\": 2}");
    assertThat(StackProcesses.read(home)).isEqualTo(StackProcesses.onCpu(2, "avx2"));
  }

  @Test
  void moreOfTheSameExtendsWhatRunsAndAnythingElseDoesNot() {
    StackProcesses runs = new StackProcesses(2, "avx2", List.of("cpu", "cuda:0"));
    assertThat(new StackProcesses(3, "avx2", List.of("cpu", "cuda:0", "cpu")).extend(runs))
        .isTrue();
    assertThat(StackProcesses.onCpu(2, "avx2").extend(runs)).isFalse();
    assertThat(new StackProcesses(2, "native", List.of("cpu", "cuda:0")).extend(runs)).isFalse();
    assertThat(StackProcesses.onCpu(1, "avx2").extend(runs)).isFalse();
  }

  @Test
  void everyDeviceHasAWorkerInTheProfileOfItsQueue() {
    List<StackProcess> processes =
        new StackProcesses(3, "native", List.of("cpu", "cuda:0", "cuda:1"))
            .commands(home, 17307, 17308, PROGRAM);
    assertThat(processes.get(0).command())
        .containsSubsequence("--device", "cpu", "--profile", "native");
    assertThat(processes.get(1).command())
        .containsSubsequence("--device", "cuda:0", "--profile", "cuda");
    assertThat(processes.get(2).command())
        .containsSubsequence("--device", "cuda:1", "--profile", "cuda");
  }

  @Test
  void aDeviceThatIsNotThereIsAUsageErrorBeforeAnythingStarts() {
    CommandRun run = CommandRun.in(home, "up", "--devices", "cpu,cuda:99");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--devices: cuda:99 is not there", "use cpu");
    assertThat(CommandRun.in(home, "up", "--devices", "tpu").err())
        .contains("unknown device 'tpu'");
    assertThat(CommandRun.in(home, "up", "--profile", "sse").err())
        .contains("avx2 or native, found sse");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void everyProcessHasANameAndAPortOfItsOwn() {
    List<StackProcess> processes =
        StackProcesses.onCpu(4, "avx2").commands(home, 17307, 17308, PROGRAM);
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
