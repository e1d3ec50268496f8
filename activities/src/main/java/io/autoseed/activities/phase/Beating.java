package io.autoseed.activities.phase;

import java.util.function.Supplier;

/**
 * Work of an activity that makes no progress of its own to tell of: heartbeats while it lasts,
 * {@link Verdict} on it.
 */
public final class Beating {
  private Beating() {}

  /** Works for the activity that this thread performs. */
  public static <T> T during(Supplier<T> work) {
    try (Pulse pulse = Pulse.start(null)) {
      T result = Verdict.on(work);
      pulse.check();
      return result;
    }
  }

  /**
   * Works for the activity that this thread performs, which also computes: what breaks in that
   * would break again.
   */
  public static <T> T duringComputation(Supplier<T> work) {
    return during(() -> Verdict.onComputation(work));
  }

  /** Works for the activity that this thread performs. */
  public static void during(Runnable work) {
    during(
        () -> {
          work.run();
          return null;
        });
  }
}
