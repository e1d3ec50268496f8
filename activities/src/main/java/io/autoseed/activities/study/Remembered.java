package io.autoseed.activities.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The most recently used values by name, at most so many. Thread-safe. */
final class Remembered<V> {
  private final Map<String, V> values;

  Remembered(int most) {
    values =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
          }
        };
  }

  /** The value of that name, made if it is not remembered. What fails to be made is forgotten. */
  V get(String name, Supplier<V> making) {
    V known = find(name);
    if (known != null) {
      return known;
    }
    V made = making.get();
    put(name, made);
    return made;
  }

  private synchronized V find(String name) {
    return values.get(name);
  }

  private synchronized void put(String name, V value) {
    values.put(name, value);
  }
}
