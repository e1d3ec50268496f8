package io.autoseed.workflows;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Trouble that may pass, but need not: a phase meets it a few times, with pauses in between, and
 * then fails for good. Counted by itself, whatever else the phase meets.
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

  /** How often a phase meets it before it fails. */
  int most() {
    return most;
  }

  /**
   * How long to wait before the phase is tried again: twice as long each time.
   *
   * @param times how often the phase has met it, from 1 to {@link #most}
   */
  Duration pause(int times) {
    Duration pause = firstPause.multipliedBy(1L << (times - 1));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }

  /** The hardship that ended an activity, if it was one. */
  static Optional<Hardship> of(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure cause
        ? Arrays.stream(values()).filter(one -> one.type.equals(cause.getType())).findFirst()
        : Optional.empty();
  }

  /** The types of all. */
  static String[] types() {
    return Arrays.stream(values()).map(Hardship::type).toArray(String[]::new);
  }
}
