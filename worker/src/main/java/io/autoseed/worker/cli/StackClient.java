package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.phase.RunSteering;
import io.autoseed.activities.phase.RunSubmission;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.process.TemporalConnection;

/** The connections of a command that submits or steers runs. */
final class StackClient implements AutoCloseable {
  private static final long CACHE_BYTES = 4L << 30;

  private final ArtifactStore store;
  private final Catalog catalog;
  private final TemporalConnection temporal;
  private final ObjectCache cache;

  private StackClient(StackAddresses addresses, ObjectCache cache) {
    store = StackConnections.store(addresses);
    catalog = StackConnections.catalog(addresses);
    temporal = StackConnections.temporal(addresses, "autoseed command line");
    this.cache = cache;
  }

  /** Connects to the stack, which must be healthy. */
  static StackClient connect(Surroundings surroundings) {
    StackHealth.require(surroundings);
    return new StackClient(
        surroundings.stack().addresses(),
        new ObjectCache(surroundings.home().resolve("objects"), CACHE_BYTES));
  }

  RunSubmission submission() {
    return new RunSubmission(store, cache, catalog, temporal.client());
  }

  RunSteering steering() {
    return new RunSteering(store, cache, catalog, temporal.client());
  }

  /** Whether a worker asks for workflow tasks of that queue. */
  boolean polled(String taskQueue) {
    return temporal.polled(taskQueue);
  }

  @Override
  public void close() {
    temporal.close();
    catalog.close();
    store.close();
  }
}
