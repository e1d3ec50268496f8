package io.autoseed.worker.cli;

import io.autoseed.infra.stack.StackStatus;
import picocli.CommandLine.Command;

/** Shows the stack as it is now. */
@Command(
    name = "status",
    description = {
      "Show the local stack: what runs, where, and how well.",
      "Exit code 0 if everything is healthy, 1 if it is down, starting or unhealthy."
    })
final class StatusCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  StatusCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    StackStatus status = surroundings.stack().status();
    print(status, StackText.render(status));
    return status.healthy() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
