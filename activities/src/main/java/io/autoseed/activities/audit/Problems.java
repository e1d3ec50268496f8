package io.autoseed.activities.audit;

import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Differences found so far. Tells a damaged object from a store that is away. Thread-safe. */
final class Problems {
  private final ArtifactStore store;
  private final List<Difference> found = new ArrayList<>();

  Problems(ArtifactStore store) {
    this.store = store;
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
   * @throws StoreException if the store itself does not answer
   */
  <T> Optional<T> reading(String object, String expected, Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (CorruptObjectException e) {
      add(object, e.expected(), e.found());
    } catch (StoreException e) {
      store.requireVersioning();
      add(object, expected, "unreadable: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      add(object, expected, e.getMessage());
    }
    return Optional.empty();
  }
}
