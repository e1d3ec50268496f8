package io.autoseed.worker.cli;

import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import io.autoseed.worker.report.StackCatalog;
import java.nio.file.Path;

/**
 * What a command works in.
 *
 * @param home the stack's folder, {@code AUTOSEED_HOME}
 * @param root the checkout, where {@code samples/} lies
 */
record Surroundings(Path home, Path root) {
  /** As the environment and the launcher say. */
  static Surroundings ofProcess() {
    return new Surroundings(
        StackOptions.defaultHome().toAbsolutePath().normalize(),
        Path.of(System.getProperty("autoseed.root", "")).toAbsolutePath().normalize());
  }

  LocalStack stack() {
    return LocalStack.open(home);
  }

  /** The runs of the stack, which need not be healthy as a whole. */
  RunCatalog catalog() {
    return new StackCatalog(stack().addresses());
  }

  /** The run of that id; an error that says where ids come from, if there is none. */
  static RunView require(RunCatalog catalog, String run) {
    return catalog
        .view(run)
        .orElseThrow(
            () -> new CommandFailure("there is no run " + run + ": autoseed runs lists them"));
  }
}
