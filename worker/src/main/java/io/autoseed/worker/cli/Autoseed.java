package io.autoseed.worker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code ./autoseed COMMAND}. */
@Command(
    name = "autoseed",
    description = "Continual learning of vision-language models as durable workflows.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    footer = {"", "Start with: autoseed demo", "Help on a command: autoseed COMMAND --help"})
public final class Autoseed implements Runnable {
  @Spec private CommandSpec spec;

  private Autoseed() {}

  public static void main(String[] arguments) {
    System.exit(run(Terminal.ofProcess(System.getenv()), arguments));
  }

  /** Runs one command; returns the exit code. */
  static int run(Terminal terminal, String... arguments) {
    return commandLine(terminal).execute(arguments);
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new Autoseed());
    for (AutoseedCommand command : commands(terminal)) {
      line.addSubcommand(command);
    }
    line.setOut(new PrintWriter(terminal.out(), true, UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler(new UsageErrors());
    line.setExecutionExceptionHandler(new FailureLines(terminal));
    return line;
  }

  private static List<AutoseedCommand> commands(Terminal terminal) {
    return List.of(new StrategiesCommand(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command");
  }
}
