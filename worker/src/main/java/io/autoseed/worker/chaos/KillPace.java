package io.autoseed.worker.chaos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the kills of one component below the rate at which its supervisor would take it for broken
 * and hold back its restart.
 */
final class KillPace {
  private static final long WINDOW_MILLIS = 65_000;
  private static final int MOST_IN_WINDOW = 4;

  private final Map<String, Deque<Long>> kills = new HashMap<>();

  /** Milliseconds to wait until the component may be killed. */
  long wait(String component, long now) {
    Deque<Long> known = kills.computeIfAbsent(component, unseen -> new ArrayDeque<>());
    while (!known.isEmpty() && known.peekFirst() <= now - WINDOW_MILLIS) {
      known.removeFirst();
    }
    return known.size() < MOST_IN_WINDOW ? 0 : known.peekFirst() + WINDOW_MILLIS - now;
  }

  void killed(String component, long now) {
    kills.computeIfAbsent(component, unseen -> new ArrayDeque<>()).addLast(now);
  }
}
