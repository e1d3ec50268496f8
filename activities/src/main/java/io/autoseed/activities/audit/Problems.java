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
   * How long to ask a store that answers.
   *
   * @param rounds waited for that it reads anything, at least 1
   * @param attempts to read an object once it does, at least 1
   * @param pauseMillis between two of either
   */
  record Patience(int rounds, int attempts, long pauseMillis) {
    static final Patience DEFAULT = new Patience(10, 2, 1000);
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

  /**
   * An object that the store does not read, though it is known to be at work each time it is asked,
   * is damaged.
   */
  private <T> Optional<T> readingAgain(String object, String expected, Supplier<T> read) {
    for (int attempt = 1; ; attempt++) {
      boolean others = awaitStore();
      try {
        return Optional.of(read.get());
      } catch (CorruptObjectException e) {
        add(object, e.expected(), e.found());
        return Optional.empty();
      } catch (IllegalArgumentException e) {
        add(object, expected, e.getMessage());
        return Optional.empty();
      } catch (StoreException e) {
        if (attempt == patience.attempts()) {
          String beside = others ? "while others are read" : "though the store answers";
          add(object, expected, "unreadable, " + beside + ": " + e.reason());
          return Optional.empty();
        }
      }
      pause();
    }
  }

  /** Waits until the store is at work; whether it reads another object, if one was read before. */
  private boolean awaitStore() {
    for (int round = 1; ; round++) {
      store.run();
      Supplier<?> other = readable.get();
      if (other == null) {
        return false;
      }
      try {
        return other.get() != null;
      } catch (StoreException e) {
        if (round == patience.rounds()) {
          throw e;
        }
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
