package io.autoseed.migrations;

/** The catalog's schema is not, and cannot be made, what this build needs. */
public final class CatalogMigrationException extends RuntimeException {
  CatalogMigrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
