package io.autoseed.activities.phase;

/** A run that does not follow: one line says why and what to do. */
public final class SteeringException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SteeringException(String message) {
    super(message);
  }

  SteeringException(String message, Throwable cause) {
    super(message, cause);
  }
}
