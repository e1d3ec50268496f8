package io.autoseed.activities.catalog;

/**
 * The catalog answered and refused: a password, a right, a database or a table is missing. Asking
 * again does not help until somebody mends it.
 */
public final class CatalogRefusedException extends CatalogException {
  CatalogRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
