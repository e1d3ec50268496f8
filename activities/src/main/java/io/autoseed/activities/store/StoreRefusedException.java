package io.autoseed.activities.store;

/**
 * The store answered and did not do it: a right, a bucket or a setting is missing, or what lies
 * there is nothing this program understands. Asking again does not help until somebody mends it.
 */
public final class StoreRefusedException extends StoreException {
  StoreRefusedException(String message) {
    super(message);
  }

  StoreRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  boolean mayPass() {
    return false;
  }
}
