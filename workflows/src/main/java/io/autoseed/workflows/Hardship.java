package io.autoseed.workflows;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trouble that may pass, but need not: a phase, or whatever else a workflow asks for, meets it a
 * few times, with pauses in between, and then fails for good. Counted by itself, whatever else is
 * met.
 */
enum Hardship {
  /** A neighbour may have taken the memory, and another worker may have more. */
  OUT_OF_MEMORY(Failures.OUT_OF_MEMORY, 5, Duration.ofSeconds(10), Duration.ofSeconds(10)),

  /** Somebody may mend it within five minutes, or another worker have what this one has not. */
  UNAVAILABLE(Failures.UNAVAILABLE, 15, Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final String type;
  private final int most;
  private final Duration firstPause;
  private final Duration longestPause;

  Hardship(String type, int most, Duration firstPause, Duration longestPause) {
    this.type = type;
    this.most = most;
    this.firstPause = firstPause;
    this.longestPause = longestPause;
  }

  /** Of the failures by which activities tell of it. */
  String type() {
    return type;
  }

  /** How often it is met before that fails which meets it. */
  int most() {
    return most;
  }

  /**
   * How long to wait before the next try: twice as long each time.
   *
   * @param times how often it was met, from 1 to {@link #most}
   */
  Duration pause(int times) {
    Duration pause = firstPause.multipliedBy(1L << (times - 1));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }

  /**
   * Performs activities, again after a pause if they met a hardship, but not for ever.
   *
   * @param activities performed by stubs of which a hardship ends an activity
   * @throws ActivityFailure the last one, if a hardship was met too often, or one that is none
   */
  static <T> T endure(Supplier<T> activities) {
    Map<Hardship, Integer> met = new EnumMap<>(Hardship.class);
    while (true) {
      try {
        return activities.get();
      } catch (ActivityFailure e) {
        Hardship hardship = of(e).orElseThrow(() -> e);
        int times = met.merge(hardship, 1, Integer::sum);
        if (times == hardship.most) {
          throw e;
        }
        Workflow.sleep(hardship.pause(times));
      }
    }
  }

  /** Like {@link #endure(Supplier)}, for activities without a result. */
  static void endure(Runnable activities) {
    endure(
        () -> {
          activities.run();
          return null;
        });
  }

  /** The hardship that ended an activity, if it was one. */
  private static Optional<Hardship> of(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure cause
        ? Arrays.stream(values()).filter(one -> one.type.equals(cause.getType())).findFirst()
        : Optional.empty();
  }

  /** The types of all. */
  static String[] types() {
    return Arrays.stream(values()).map(Hardship::type).toArray(String[]::new);
  }
}
