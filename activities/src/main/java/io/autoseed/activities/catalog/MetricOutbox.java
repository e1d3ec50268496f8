package io.autoseed.activities.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * What MLflow is to be told, run by run, in order.
 *
 * <p>Rows are recorded as delivered after their delivery, so those whose recording was lost are
 * delivered again: deliveries must be repeatable. One relay at a time drains a run, held apart by
 * an advisory lock that ends with its connection, which the server ends when the relay falls
 * silent.
 */
public final class MetricOutbox {
  /** Few enough to be delivered well before the server takes the relay for dead. */
  private static final int BATCH = 30;

  private final Catalog catalog;

  public MetricOutbox(Catalog catalog) {
    this.catalog = catalog;
  }

  /** How a drain ended. */
  public enum Drain {
    /** Nothing is left. */
    EMPTY,
    /** Another relay is at it. */
    BUSY,
    /** A row was refused; the run's deliveries stop until {@link #release}. */
    PARKED
  }

  /** Runs with something to deliver, those parked excepted. */
  public List<String> waiting() {
    return catalog.read(
        "reading the outbox", handle -> handle.attach(ChainDao.class).runsWithUndelivered());
  }

  /** Rows of a run not yet delivered, in order, at most {@code limit}. */
  public List<OutboxRow> undelivered(String run, int limit) {
    return catalog.read(
        "reading the outbox of " + run,
        handle -> handle.attach(ChainDao.class).undelivered(run, limit));
  }

  /** How many rows of a run are delivered. */
  public long delivered(String run) {
    return catalog.read(
        "reading the outbox of " + run, handle -> handle.attach(ChainDao.class).rowsDelivered(run));
  }

  /**
   * Delivers a run's rows in order, many at a time. Rows that were refused together are delivered
   * one by one, so that the run is parked at the one that was meant.
   *
   * @param delivery throws {@link RefusedDelivery} to park the run; anything else it throws ends
   *     the drain and leaves the rows for the next one
   */
  public Drain drain(String run, Consumer<List<OutboxRow>> delivery) {
    return catalog.session(
        "draining the outbox of " + run,
        handle -> {
          ChainDao chains = handle.attach(ChainDao.class);
          if (!chains.lockRelay(run)) {
            return Drain.BUSY;
          }
          try {
            return deliver(chains, run, delivery);
          } finally {
            unlock(handle, run);
          }
        });
  }

  private static Drain deliver(ChainDao chains, String run, Consumer<List<OutboxRow>> delivery) {
    int together = BATCH;
    while (true) {
      List<OutboxRow> rows = chains.undelivered(run, together);
      if (rows.isEmpty()) {
        return Drain.EMPTY;
      }
      try {
        delivery.accept(rows);
      } catch (RefusedDelivery e) {
        if (rows.size() == 1) {
          chains.park(run, rows.get(0).number(), e.getMessage());
          return Drain.PARKED;
        }
        together = 1;
        continue;
      }
      chains.delivered(run, rows.get(rows.size() - 1).number());
    }
  }

  /** A broken connection has lost its lock already. */
  private static void unlock(Handle handle, String run) {
    if (!handle.isClosed()) {
      handle.attach(ChainDao.class).unlockRelay(run);
    }
  }

  /** Runs whose deliveries stopped, with hints: for {@code doctor}. */
  public List<ParkedRun> parked() {
    return catalog.read("reading parked runs", handle -> handle.attach(ChainDao.class).parked());
  }

  /** Lets a parked run's deliveries go on; false if it was not parked. */
  public boolean release(String run) {
    return catalog.transaction(
        "releasing run " + run, handle -> handle.attach(ChainDao.class).unpark(run) == 1);
  }

  /** Which MLflow run stands for the run (task -1) or one of its tasks. */
  public Optional<TrackedRun> tracked(String run, int task) {
    return catalog.read(
        "reading the MLflow run of " + run,
        handle -> handle.attach(ChainDao.class).tracked(run, task));
  }

  /**
   * Remembers an MLflow run, unless another relay was first.
   *
   * @return the one that is remembered
   */
  public TrackedRun track(TrackedRun tracked) {
    return catalog.transaction(
        "recording the MLflow run of " + tracked.run(),
        handle -> {
          ChainDao chains = handle.attach(ChainDao.class);
          chains.insertTracked(tracked);
          return chains.tracked(tracked.run(), tracked.task()).orElseThrow();
        });
  }
}
