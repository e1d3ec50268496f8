package io.autoseed.worker.cli;

import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.worker.process.StackClient;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.worker.process.WorkflowEnds;
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

  /** The stack; an error if the environment asks for another than the folder's first up chose. */
  LocalStack stack() {
    LocalStack stack = LocalStack.open(home);
    stack.requireAsChosen();
    return stack;
  }

  /** The runs of the stack, which need not be healthy as a whole. */
  RunCatalog catalog() {
    return new StackCatalog(running().addresses());
  }

  /** What Temporal says of studies that say nothing themselves. */
  WorkflowEnds workflowEnds() {
    return new WorkflowEnds(running().addresses());
  }

  /** A connection by which runs and studies are watched. */
  TemporalConnection temporal() {
    return StackConnections.looking(running().addresses(), "autoseed command line");
  }

  /** The stack, which was started and not stopped; healthy or not. */
  LocalStack running() {
    LocalStack stack = stack();
    if (!stack.isAskedFor()) {
      throw down();
    }
    return stack;
  }

  /** Connections to the stack, which must be healthy. */
  StackClient client() {
    StackHealth.require(this);
    return new StackClient(stack().addresses(), home, "autoseed command line");
  }

  static CommandFailure down() {
    return new CommandFailure("the stack is down: autoseed up starts it");
  }

  /**
   * The run that is meant.
   *
   * @param run its id, its name, or the start of its id
   * @throws CommandFailure if there is none, with where ids come from
   */
  static RunView require(RunCatalog catalog, String run) {
    return catalog.id(run).flatMap(catalog::view).orElseThrow(() -> unknown(run));
  }

  static CommandFailure unknown(String run) {
    return new CommandFailure("there is no run " + run + ": autoseed runs lists them");
  }
}
