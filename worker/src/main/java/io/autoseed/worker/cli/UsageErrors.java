package io.autoseed.worker.cli;

import io.autoseed.worker.report.TextTable;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong command line: one line that says what is wrong, one that says where help is. */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + TextTable.oneLine(said(e)));
    if (!UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
      line.getErr().println("Usage: see " + name + " --help");
    }
    line.getErr().flush();
    return ExitCode.USAGE;
  }

  /** What was expected and found; where the parser says so itself, its own words. */
  private static String said(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), unmatched);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return "expected " + labels(missing.getMissing());
    }
    ArgSpec argument = e.getArgSpec();
    if (argument instanceof OptionSpec option && option.typeInfo().isMap()) {
      return "%s: expected %s, found '%s'"
          .formatted(option.longestName(), option.paramLabel(), e.getValue());
    }
    return e.getMessage();
  }

  private static String unmatched(String found, UnmatchedArgumentException e) {
    if (e.isUnknownOption()) {
      return "there is no option " + found;
    }
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (!command.subcommands().isEmpty()) {
      return "there is no command " + found;
    }
    return command.positionalParameters().isEmpty()
        ? "expected no argument, found '" + found + "'"
        : "expected %s alone, found '%s', too"
            .formatted(labels(command.positionalParameters()), found);
  }

  private static String labels(List<? extends ArgSpec> arguments) {
    return arguments.stream().map(UsageErrors::label).collect(Collectors.joining(" "));
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }
}
