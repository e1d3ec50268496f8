package io.autoseed.activities.retention;

/** The store cannot be cleaned; says why and what to do. Nothing was removed. */
public final class RetentionException extends RuntimeException {
  RetentionException(String message, Throwable cause) {
    super(message, cause);
  }
}
