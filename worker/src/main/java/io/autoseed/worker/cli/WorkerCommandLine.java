package io.autoseed.worker.cli;

import io.autoseed.infra.stack.StackProcess;
import io.autoseed.learning.torch.Devices;
import io.autoseed.learning.torch.NumericProfile;
import io.autoseed.worker.process.WorkerCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs a worker as a stack does, in a process of its own: the environment that fixes its numeric
 * profile has to be there before the JVM starts.
 */
@Command(
    name = "worker",
    description = "Run a worker process for an existing stack, until SIGTERM.")
final class WorkerCommandLine extends AutoseedCommand {
  private static final String NAME = "worker";
  private static final int MOST_PORT = 65_535;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda:N",
      defaultValue = "cpu",
      description = "What it computes on (default ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--profile",
      paramLabel = "avx2|native|cuda",
      description = {
        "Its numeric profile on the CPU (default: that of the stack's own workers there);",
        "on a GPU it is cuda."
      })
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
    return ForegroundProcess.run(command());
  }

  /** The process that is run. */
  StackProcess command() {
    if (healthPort < 0 || healthPort > MOST_PORT) {
      throw new ParameterException(
          spec.commandLine(),
          "--health-port: expected 0 to " + MOST_PORT + ", found " + healthPort);
    }
    try {
      Devices.require(device);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--device: " + e.getMessage(), e);
    }
    surroundings.stack(); // refuses an environment that means another stack
    return WorkerCommand.on(device, profile(), NAME, surroundings.home(), healthPort);
  }

  /** The variable is about the CPU alone. */
  private String profile() {
    boolean gpu = Devices.parse(device).isGpu();
    if (gpu && profile == null) {
      return NumericProfile.CUDA;
    }
    List<String> known = gpu ? List.of(NumericProfile.CUDA) : ProfileOption.ON_CPU;
    String ofStack = StackProcesses.read(surroundings.home()).profile();
    return ProfileOption.chosen(profile, ofStack, known, spec);
  }
}
