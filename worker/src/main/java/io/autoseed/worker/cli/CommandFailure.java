package io.autoseed.worker.cli;

/** Ends a command with one line that says why and what to do. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String line) {
    super(line);
  }

  CommandFailure(String line, Throwable cause) {
    super(line, cause);
  }
}
