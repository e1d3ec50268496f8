package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.Ports;
import io.autoseed.infra.stack.StackOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WorkerCommandLineTest {
  @TempDir private Path home;

  @Test
  void itComputesInTheProfileOfTheStacksOwnWorkersUnlessAnotherIsChosen() {
    assertThat(command()).containsSubsequence("--device", "cpu", "--profile", "avx2");
    StackProcesses.onCpu(1, "native").write(home);
    assertThat(command()).containsSubsequence("--device", "cpu", "--profile", "native");
    assertThat(command("--profile", "avx2")).containsSubsequence("--profile", "avx2");
  }

  @Test
  void aPortBaseThatIsNotTheStacksIsRefused() throws Exception {
    LocalStack.open(StackOptions.of(home).withPorts(new Ports(23_000))).choose();

    CommandRun run = CommandRun.with(Map.of("AUTOSEED_PORT_BASE", "24000"), home, "worker");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("autoseed worker: this stack's AUTOSEED_PORT_BASE was chosen")
        .contains("as 23000 and cannot become 24000")
        .doesNotContain("\tat ");
  }

  private List<String> command(String... options) {
    WorkerCommandLine worker =
        new WorkerCommandLine(Terminal.ofProcess(Map.of()), new Surroundings(home, Path.of("..")));
    new CommandLine(worker).parseArgs(options);
    return worker.command().command();
  }
}
