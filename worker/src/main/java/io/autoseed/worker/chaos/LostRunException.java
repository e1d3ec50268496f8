package io.autoseed.worker.chaos;

/** A run that nobody disturbs does not go on: what durability promises does not hold. */
public final class LostRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostRunException(String message) {
    super(message);
  }
}
