package io.autoseed.worker.process;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.phase.RunSteering;
import io.autoseed.activities.phase.RunSubmission;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.study.StudyObjects;
import io.autoseed.activities.study.StudySubmission;
import io.autoseed.activities.study.StudyWatch;
import io.autoseed.activities.tracking.TrackingCheck;
import io.autoseed.infra.stack.StackAddresses;
import java.net.URI;
import java.nio.file.Path;

/** The connections of a command that submits or steers runs. */
public final class StackClient implements AutoCloseable {
  private final ArtifactStore store;
  private final Catalog catalog;
  private final TemporalConnection temporal;
  private final ObjectCache cache;
  private final URI mlflow;

  /**
   * @param home the stack's folder, where objects are kept
   * @param identity names this process in the histories
   */
  public StackClient(StackAddresses addresses, Path home, String identity) {
    store = StackConnections.store(addresses);
    catalog = StackConnections.catalog(addresses);
    temporal = StackConnections.temporal(addresses, identity);
    cache = StackConnections.cache(home);
    mlflow = URI.create(addresses.mlflowUrl());
  }

  public ArtifactStore store() {
    return store;
  }

  public Catalog catalog() {
    return catalog;
  }

  public TemporalConnection temporal() {
    return temporal;
  }

  public RunSubmission submission() {
    return new RunSubmission(store, cache, catalog, temporal.client());
  }

  public StudySubmission studySubmission() {
    return new StudySubmission(store, cache, catalog, temporal.client());
  }

  public StudyWatch studyWatch() {
    return new StudyWatch(temporal.client());
  }

  /** Studies as the store has them. */
  public StudyObjects studies() {
    return new StudyObjects(store, new Documents(store, cache));
  }

  /** Compares MLflow with manifests; closed by the caller. */
  public TrackingCheck trackingCheck() {
    return new TrackingCheck(mlflow);
  }

  public RunSteering steering() {
    return new RunSteering(store, cache, catalog, temporal.client());
  }

  @Override
  public void close() {
    temporal.close();
    catalog.close();
    store.close();
  }
}
