package io.autoseed.worker.cli;

/** What a command's exit code means. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** A verification found a difference. */
  static final int DIFFERENCE = 3;

  private ExitCode() {}
}
