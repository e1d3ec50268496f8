package io.autoseed.activities.catalog;

/** The catalog did not do what was asked; says what, where and why. */
public class CatalogException extends RuntimeException {
  public CatalogException(String message) {
    super(message);
  }

  CatalogException(String message, Throwable cause) {
    super(message, cause);
  }
}
