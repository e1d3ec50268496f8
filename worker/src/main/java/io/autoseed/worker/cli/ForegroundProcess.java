package io.autoseed.worker.cli;

import io.autoseed.infra.stack.StackProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A process with this one's input and outputs, which ends when this one is told to end. */
final class ForegroundProcess {
  private ForegroundProcess() {}

  /**
   * Starts the program and waits for its end.
   *
   * @return exit code of this command
   * @throws CommandFailure if it cannot be started
   */
  static int run(StackProcess program) {
    ProcessBuilder builder = new ProcessBuilder(program.command()).inheritIO();
    builder.environment().putAll(program.environment());
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, program), "end"));
      return process.waitFor() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    } catch (IOException e) {
      throw new CommandFailure("the " + program.name() + " cannot start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  private static void end(Process process, StackProcess program) {
    process.destroy();
    try {
      if (!process.waitFor(program.grace().toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
