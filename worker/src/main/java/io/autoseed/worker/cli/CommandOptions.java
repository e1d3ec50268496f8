package io.autoseed.worker.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommandOptions {
  @Option(
      names = "--json",
      description = "Print one JSON document on standard output and nothing else.")
  boolean json;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  boolean verbose;
}
