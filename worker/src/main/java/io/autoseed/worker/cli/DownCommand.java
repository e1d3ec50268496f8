package io.autoseed.worker.cli;

import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Command;

/** Stops the stack; its state stays. */
@Command(
    name = "down",
    description = "Stop the local stack. Runs go on from where they are at the next up.")
final class DownCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  DownCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (ProgressDisplay display = new ProgressDisplay(terminal(), Clock.systemUTC())) {
      surroundings.stack().down(display::line);
    }
    print(Map.of("down", true), "The stack is down.\n");
    return ExitCode.DONE;
  }
}
