package io.autoseed.worker.cli;

import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.Ports;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.infra.stack.StackProcess;
import io.autoseed.infra.stack.StackStatus;
import io.autoseed.worker.process.WorkerArchive;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;

/** Brings a stack up with the program's own processes, and shows how. */
final class StackUp {
  private final Terminal terminal;
  private final Surroundings surroundings;

  StackUp(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  StackStatus up(StackChoiceOptions choices) {
    StackProcesses before = StackProcesses.read(surroundings.home());
    StackProcesses processes = choices.processes(before);
    if (!processes.extend(before) && runs()) {
      throw new CommandFailure(
          "%s run; to have %s: autoseed down, then up again"
              .formatted(before.describe(), processes.describe()));
    }
    StackOptions options = choices.stack(StackOptions.of(surroundings.home()));
    try (ProgressDisplay display = new ProgressDisplay(terminal, Clock.systemUTC())) {
      LocalStack stack = LocalStack.open(options.withProcesses(commands(options, processes)));
      stack.up(display::line);
      processes.write(options.home());
      ClassArchive.completeInBackground();
      WorkerArchive.makeInBackground(options.home());
      return stack.status();
    }
  }

  private boolean runs() {
    return surroundings.stack().status().components().stream().anyMatch(c -> c.pid() != 0);
  }

  /** The processes, at the ports that the first up chose or is about to choose. */
  private static List<StackProcess> commands(StackOptions options, StackProcesses processes) {
    ProgramCommand program = ProgramCommand.ofProcess();
    if (Files.exists(options.home().resolve("stack.json"))) {
      StackAddresses addresses = LocalStack.open(options).addresses();
      return processes.commands(
          options.home(), addresses.consolePort(), addresses.workerMetricsPort(), program);
    }
    Ports ports = new Ports(options.portBase().orElse(Ports.DEFAULT_BASE));
    return processes.commands(options.home(), ports.console(), ports.workerMetrics(), program);
  }
}
