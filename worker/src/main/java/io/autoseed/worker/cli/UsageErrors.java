package io.autoseed.worker.cli;

import io.autoseed.worker.report.TextTable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** A wrong command line: one line that says what is wrong, one that says where help is. */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + TextTable.oneLine(e.getMessage()));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
      line.getErr().println("Usage: see " + name + " --help");
    }
    line.getErr().flush();
    return ExitCode.USAGE;
  }
}
