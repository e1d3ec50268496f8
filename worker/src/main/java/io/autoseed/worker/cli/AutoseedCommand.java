package io.autoseed.worker.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the commands share: where to write and the options that all of them have. */
@Command(mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class)
abstract class AutoseedCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  private final Terminal terminal;

  AutoseedCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  final Terminal terminal() {
    return terminal;
  }

  final boolean json() {
    return options.json;
  }

  final boolean verbose() {
    return options.verbose;
  }

  /** Prints the command's result: the document if JSON is asked for, else the text. */
  final void print(Object document, String text) {
    if (json()) {
      terminal.out().println(Json.write(document));
    } else {
      terminal.out().print(text);
    }
    terminal.out().flush();
  }
}
