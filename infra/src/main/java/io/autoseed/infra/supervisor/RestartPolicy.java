package io.autoseed.infra.supervisor;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When a component that died may be started again: at once, until it has died five times within a
 * minute; from then on after 2, 4, 8 ... up to 30 seconds, until a minute has passed without a
 * death.
 */
final class RestartPolicy {
  private static final long MINUTE = 60_000;
  private static final int FREE_DEATHS = 5;
  private static final long LONGEST = 30_000;

  private final Deque<Long> deaths = new ArrayDeque<>();
  private int beyond;

  /** Notes a death at {@code now} (milliseconds) and returns the earliest time of the restart. */
  long died(long now) {
    while (!deaths.isEmpty() && deaths.peekFirst() <= now - MINUTE) {
      deaths.removeFirst();
    }
    if (deaths.isEmpty()) {
      beyond = 0;
    }
    deaths.addLast(now);
    if (deaths.size() <= FREE_DEATHS && beyond == 0) {
      return now;
    }
    beyond = Math.min(beyond + 1, 5);
    return now + Math.min(LONGEST, 1000L << beyond);
  }
}
