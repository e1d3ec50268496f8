package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.TaskClasses;

/** The error of a strategy that is asked for what it cannot do. */
final class Refusal {
  private Refusal() {}

  static void ofUpcoming(String strategy, TaskClasses upcoming) {
    if (upcoming.count() > 0) {
      throw new IllegalArgumentException(
          strategy
              + " cannot score classes it has not learned, but was asked for "
              + upcoming.count()
              + "; open its classifier without upcoming classes");
    }
  }
}
