package io.autoseed.worker.cli;

import io.autoseed.worker.process.WorkerProcess;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a worker in this process. */
@Command(
    name = "worker",
    description = "Run a worker process for an existing stack, until SIGTERM.")
final class WorkerCommandLine extends AutoseedCommand {
  private final Surroundings surroundings;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda:N",
      defaultValue = "cpu",
      description = "What it computes on (default ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The numeric profile whose queues it polls (default avx2, on a GPU cuda).")
  private String profile;

  @Option(
      names = "--health-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of GET /health on loopback (default: one that is free).")
  private int healthPort;

  WorkerCommandLine(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--home", surroundings.home().toString(),
                "--device", device,
                "--health-port", Integer.toString(healthPort)));
    if (profile != null) {
      arguments.addAll(List.of("--profile", profile));
    }
    WorkerProcess.main(arguments.toArray(String[]::new));
    return ExitCode.DONE;
  }
}
