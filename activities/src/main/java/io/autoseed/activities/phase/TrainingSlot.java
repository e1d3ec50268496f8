package io.autoseed.activities.phase;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Lets one phase at a time of this process compute, while the commits of others go on beside it.
 *
 * <p>A place is taken before a phase is asked for and given back when it has ended, so that a
 * process never takes a phase that another, idle one could compute. Once a phase has computed it
 * counts no more, and the next may come, up to {@link #MOST} in all. Thread-safe.
 */
public final class TrainingSlot {
  /** Phases under way at most: one that computes, the others in their commits. */
  public static final int MOST = 4;

  private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private int taken;
  private int computed;
  private boolean closed;

  /** The rest of a phase that has computed; closed when the phase ends. */
  final class Aftermath implements AutoCloseable {
    @Override
    public void close() {
      synchronized (TrainingSlot.this) {
        computed--;
      }
    }
  }

  /** Takes a place as soon as there is one, in the order of the calls; cancel it to ask no more. */
  public CompletableFuture<Void> take() {
    CompletableFuture<Void> place = new CompletableFuture<>();
    synchronized (this) {
      waiting.addLast(place);
    }
    admit();
    return place;
  }

  /** Takes a place if there is one at this moment. */
  public synchronized boolean tryTake() {
    if (!free() || !waiting.isEmpty()) {
      return false;
    }
    taken++;
    return true;
  }

  /** Gives a place back. */
  public void giveBack() {
    synchronized (this) {
      taken--;
    }
    admit();
  }

  /** Nobody gets a place from now on. */
  public synchronized void close() {
    closed = true;
  }

  /** Notes that the phase of the caller has computed and now only commits. */
  Aftermath computed() {
    synchronized (this) {
      computed++;
    }
    admit();
    return new Aftermath();
  }

  private boolean free() {
    return !closed && taken - computed < 1 && taken < MOST;
  }

  /** Completes those who may enter, outside of the lock: they go on in this thread. */
  private void admit() {
    for (CompletableFuture<Void> next = next(); next != null; next = next()) {
      if (!next.complete(null)) {
        synchronized (this) {
          taken--;
        }
      }
    }
  }

  private synchronized CompletableFuture<Void> next() {
    if (!free() || waiting.isEmpty()) {
      return null;
    }
    taken++;
    return waiting.removeFirst();
  }
}
