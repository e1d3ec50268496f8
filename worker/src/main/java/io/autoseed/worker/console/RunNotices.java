package io.autoseed.worker.console;

import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.worker.process.RunTrouble;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.process.Standstill;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be said of a run that does not get on. Connects to Temporal at the first question: a
 * console that nobody looks at needs no connection. Thread-safe.
 */
public final class RunNotices implements AutoCloseable {
  private final RunCatalog catalog;
  private final StackAddresses addresses;
  private TemporalConnection temporal;

  public RunNotices(RunCatalog catalog, StackAddresses addresses) {
    this.catalog = catalog;
    this.addresses = addresses;
  }

  /** Why it does not get on, and what to do, a line each; empty if it does, or has ended. */
  List<String> of(RunView run) {
    if (run.ended()) {
      return List.of();
    }
    Standstill why = new RunTrouble(temporal().client(), catalog::atWork).of(run.run());
    return Stream.concat(why.line().stream(), why.wayOut().stream()).toList();
  }

  private synchronized TemporalConnection temporal() {
    if (temporal == null) {
      temporal = StackConnections.looking(addresses, "autoseed console");
    }
    return temporal;
  }

  @Override
  public synchronized void close() {
    if (temporal != null) {
      temporal.close();
    }
  }
}
