package io.autoseed.activities.audit;

import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Differences found so far. Tells a damaged object from a store that is away: an object is damaged
 * if it cannot be read while the first one that was read still can. Thread-safe.
 */
final class Problems {
  private final Runnable store;
  private final Patience patience;
  private final List<Difference> found = new ArrayList<>();
  private final AtomicReference<Supplier<?>> readable = new AtomicReference<>();

  /**
   * How long to ask a store that answers, and reads nothing.
   *
   * @param rounds at least 1
   * @param pauseMillis between two
   */
  record Patience(int rounds, long pauseMillis) {
    static final Patience DEFAULT = new Patience(10, 1000);
  }

  /**
   * @param store returns once the store answers, and throws a {@link StoreException} if it does not
   */
  Problems(Runnable store) {
    this(store, Patience.DEFAULT);
  }

  Problems(Runnable store, Patience patience) {
    this.store = store;
    this.patience = patience;
  }

  synchronized void add(Difference difference) {
    found.add(difference);
  }

  void add(String object, String expected, Object what) {
    add(new Difference(object, expected, String.valueOf(what)));
  }

  void compare(String object, Object expected, Object what) {
    if (!String.valueOf(expected).equals(String.valueOf(what))) {
      add(object, String.valueOf(expected), what);
    }
  }

  synchronized List<Difference> all() {
    return List.copyOf(found);
  }

  /**
   * What {@code read} returns, or nothing if the object is damaged, which is then a difference.
   *
   * @param read repeatable, and best not patient: whether to ask again is decided here
   * @throws StoreException if the store does not answer, or reads nothing else either
   */
  <T> Optional<T> reading(String object, String expected, Supplier<T> read) {
    try {
      T value = read.get();
      readable.compareAndSet(null, read);
      return Optional.of(value);
    } catch (CorruptObjectException e) {
      add(object, e.expected(), e.found());
    } catch (StoreException e) {
      return readingAgain(object, expected, read);
    } catch (IllegalArgumentException e) {
      add(object, expected, e.getMessage());
    }
    return Optional.empty();
  }

  /** Once the store is known to be at work, an object that it still does not read is damaged. */
  private <T> Optional<T> readingAgain(String object, String expected, Supplier<T> read) {
    awaitStore();
    try {
      return Optional.of(read.get());
    } catch (CorruptObjectException e) {
      add(object, e.expected(), e.found());
    } catch (StoreException e) {
      add(object, expected, "unreadable, while others are read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void awaitStore() {
    for (int round = 1; ; round++) {
      store.run();
      try {
        Supplier<?> other = readable.get();
        if (other != null && other.get() != null) {
          return;
        }
      } catch (StoreException e) {
        if (round == patience.rounds()) {
          throw e;
        }
      }
      if (round == patience.rounds()) {
        return;
      }
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(patience.pauseMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditException("interrupted while waiting for the store");
    }
  }
}
