package io.autoseed.activities.tracking;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.MetricOutbox;
import io.autoseed.activities.catalog.OutboxRow;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.StoreAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the outbox to MLflow. Whatever happens to MLflow, nothing waits for this: rows stay until
 * they are delivered. Any number of relays may run; each run is drained by one of them at a time.
 */
public final class TrackingRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrackingRelay.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final MetricOutbox outbox;
  private final MlflowServer mlflow;
  private final ArtifactStore artifacts;
  private final MlflowDelivery delivery;
  private final ScheduledExecutorService schedule;
  private ScheduledFuture<?> running;
  private String lastTrouble = "";

  /**
   * @param mlflow base of the tracking server
   * @param artifacts the bucket that it serves artifacts from
   * @param manifestBucket where manifests lie, for links
   */
  public TrackingRelay(Catalog catalog, URI mlflow, StoreAddress artifacts, String manifestBucket) {
    this.outbox = new MetricOutbox(catalog);
    this.mlflow = new MlflowServer(mlflow, PATIENCE);
    this.artifacts = new ArtifactStore(artifacts);
    this.delivery = new MlflowDelivery(this.mlflow, this.artifacts, manifestBucket, outbox);
    this.schedule =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "tracking-relay");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Drains every run again and again, in a thread of its own, until closed. */
  public synchronized void start(Duration pause) {
    if (running == null) {
      running =
          schedule.scheduleWithFixedDelay(
              this::drainQuietly, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void drainQuietly() {
    try {
      drainAll();
      trouble("");
    } catch (TrackingDownException | CatalogException e) {
      trouble(e.getMessage());
    } catch (RuntimeException e) {
      trouble(e.toString());
    }
  }

  /** Says once that tracking waits, and once that it goes on. */
  private void trouble(String trouble) {
    if (trouble.isEmpty() != lastTrouble.isEmpty()) {
      LOG.warn(trouble.isEmpty() ? "tracking goes on" : "tracking waits, runs go on: {}", trouble);
    }
    lastTrouble = trouble;
  }

  /**
   * Drains every run that waits. One that cannot be delivered keeps none of the others waiting.
   *
   * @throws TrackingDownException if MLflow cannot be reached; what was delivered is recorded
   */
  public synchronized void drainAll() {
    drainEach(outbox.waiting(), this::drain);
  }

  /**
   * @throws RuntimeException the first that {@code drain} threw, once all others are drained
   */
  static void drainEach(List<String> runs, Consumer<String> drain) {
    RuntimeException first = null;
    for (String run : runs) {
      try {
        drain.accept(run);
      } catch (TrackingDownException e) {
        throw e;
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * Drains one run.
   *
   * @throws TrackingDownException if MLflow cannot be reached; what was delivered is recorded
   */
  public synchronized MetricOutbox.Drain drain(String run) {
    return outbox.drain(run, delivery::deliver);
  }

  /**
   * Delivers rows of one run, whether they were delivered before or not, and records nothing.
   *
   * @param rows in order
   */
  public synchronized void deliver(List<OutboxRow> rows) {
    delivery.deliver(rows);
  }

  @Override
  public void close() {
    schedule.shutdownNow();
    mlflow.close();
    artifacts.close();
  }
}
