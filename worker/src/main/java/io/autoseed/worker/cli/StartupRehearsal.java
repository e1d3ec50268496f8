package io.autoseed.worker.cli;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Runs what the quick commands run, without a stack, so that the launcher can archive the classes
 * they load (class-data sharing). Prints nothing.
 */
final class StartupRehearsal {
  private StartupRehearsal() {}

  public static void main(String[] arguments) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Terminal terminal = new Terminal(nowhere, nowhere, false, false, 80);
    Surroundings surroundings = Surroundings.ofProcess();
    Autoseed.run(terminal, surroundings, "--help");
    Autoseed.run(terminal, surroundings, "no-such-command");
    Autoseed.run(terminal, surroundings, "status", "--json");
  }
}
