package io.autoseed.activities.tracking;

/** MLflow, or the store behind it, cannot be reached; the rows wait. */
public final class TrackingDownException extends RuntimeException {
  TrackingDownException(String message, Throwable cause) {
    super(message, cause);
  }
}
