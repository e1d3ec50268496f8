package io.autoseed.infra.stack;

/** Sleeping that an interrupt ends with this module's exception. */
final class Waiting {
  private Waiting() {}

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }
}
