package io.autoseed.activities.phase;

/** A model cannot classify what it was asked to. */
public final class PredictionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PredictionException(String message) {
    super(message);
  }
}
