package io.autoseed.worker.cli;

import io.autoseed.worker.report.TextTable;
import io.autoseed.workflows.Failures;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A command that failed: one line on standard error; with {@code --json} also a document. */
final class FailureLines implements IExecutionExceptionHandler {
  private final Terminal terminal;

  FailureLines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
    AutoseedCommand command = (AutoseedCommand) line.getCommand();
    String message = describe(e);
    if (command.json()) {
      terminal.out().println(Json.write(Map.of("error", message)));
      terminal.out().flush();
    }
    terminal.say(line.getCommandSpec().qualifiedName() + ": " + message);
    if (command.verbose()) {
      e.printStackTrace(terminal.err());
    } else if (!isForPeople(e)) {
      terminal.say("(--verbose shows where)");
    }
    return ExitCode.FAILED;
  }

  /** What went wrong, in one line: the messages of the causes that add something. */
  static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 8; cause = cause.getCause(), depth++) {
      String said =
          cause instanceof ApplicationFailure failed
              ? failed.getOriginalMessage()
              : cause.getMessage();
      String message = said == null ? cause.getClass().getSimpleName() : said;
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : ": ").append(message);
      }
      if (isForPeople(cause)) {
        break;
      }
    }
    return TextTable.oneLine(text.toString());
  }

  /** The project's own exceptions and failures say in one line what happened and what to do. */
  private static boolean isForPeople(Throwable failure) {
    return failure.getClass().getName().startsWith("io.autoseed.")
        || (failure instanceof ApplicationFailure ours
            && String.valueOf(ours.getType()).startsWith(Failures.PREFIX));
  }
}
