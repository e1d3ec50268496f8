package io.autoseed.worker.cli;

import io.autoseed.infra.stack.StackStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the stack, or what of it does not run. */
@Command(
    name = "up",
    description = {
      "Start the local stack and wait until it is healthy; at once if it is.",
      "The first up decides ports, servers and versions; later ones follow it."
    })
final class UpCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Mixin private StackChoiceOptions choices;

  UpCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    StackStatus status = new StackUp(terminal(), surroundings).up(choices);
    print(status, StackText.render(status) + StackText.notice(surroundings.stack().unguarded()));
    return ExitCode.DONE;
  }
}
