package io.autoseed.activities.store;

/** The artifact store did not do what was asked, after all retries; says what, where and why. */
public class StoreException extends RuntimeException {
  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the same request may be granted later, with nothing mended in between. */
  boolean mayPass() {
    return true;
  }

  /** What was wrong at the root, in a few words, without what to do. */
  public String reason() {
    return getCause() == null ? getMessage() : Retries.reason(getCause());
  }
}
