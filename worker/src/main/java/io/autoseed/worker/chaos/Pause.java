package io.autoseed.worker.chaos;

import java.time.Duration;

/** The time between two looks at what goes on. */
final class Pause {
  private Pause() {}

  /**
   * @throws ChaosException if the thread is interrupted
   */
  static void of(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChaosException("interrupted", e);
    }
  }
}
