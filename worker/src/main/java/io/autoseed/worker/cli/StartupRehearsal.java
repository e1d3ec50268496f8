package io.autoseed.worker.cli;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Runs what the quick commands run, with a stack if there is one, so that the launcher can archive
 * the classes they load (class-data sharing). Prints nothing.
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
    Autoseed.run(terminal, surroundings, "status");
    Autoseed.run(terminal, surroundings, "runs", "--limit", "1", "--json");
    Autoseed.run(terminal, surroundings, "show", "no-such-run");
  }
}
