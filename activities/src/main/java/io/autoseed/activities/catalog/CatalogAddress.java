package io.autoseed.activities.catalog;

/**
 * The catalog's database and the application's role.
 *
 * @param jdbcUrl for example {@code jdbc:postgresql://127.0.0.1:17301/autoseed}
 */
public record CatalogAddress(String jdbcUrl, String user, String password) {
  /** Without the password: this may be logged. */
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }
}
