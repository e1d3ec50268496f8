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
  OUT_OF_MEMORY(Failures.OUT_OF_MEMORY, 5, Duration.ofSeconds(10));

  private final String type;
  private final int most;
  private final Duration pause;

  Hardship(String type, int most, Duration pause) {
    this.type = type;
    this.most = most;
    this.pause = pause;
  }

  /** Of the failures by which activities tell of it. */
  String type() {
    return type;
  }

  /** How often a phase meets it before it fails. */
  int most() {
    return most;
  }

  /** How long to wait before the phase is tried again. */
  Duration pause() {
    return pause;
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
