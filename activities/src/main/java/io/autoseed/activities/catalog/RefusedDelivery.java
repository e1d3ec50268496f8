package io.autoseed.activities.catalog;

/** MLflow refused a row for good: sending it again would not help. The message is a hint. */
public final class RefusedDelivery extends RuntimeException {
  public RefusedDelivery(String hint, Throwable cause) {
    super(hint, cause);
  }
}
