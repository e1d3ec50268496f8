package io.autoseed.worker.cli;

import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints a script that completes commands and options in bash and zsh. */
@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh.",
      "Use it: source <(autoseed completion)"
    })
final class CompletionCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  CompletionCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("autoseed", Autoseed.commandLine(terminal(), surroundings));
    print(Map.of("script", script), script);
    return ExitCode.DONE;
  }
}
