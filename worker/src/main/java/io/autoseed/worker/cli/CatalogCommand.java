package io.autoseed.worker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done to the catalog as a whole. */
@Command(
    name = "catalog",
    description = "Rebuild the catalog.",
    synopsisSubcommandLabel = "COMMAND")
final class CatalogCommand extends AutoseedCommand {
  @Spec private CommandSpec spec;

  CatalogCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "expected a command: catalog rebuild");
  }
}
