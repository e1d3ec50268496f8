package io.autoseed.migrations;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the catalog's schema up to this build's version.
 *
 * <p>Runs as the schema's owner ({@code autoseed_owner}); the application's role {@code
 * autoseed_app} must exist and gets its rights from the SQL. Applying the migrations to a catalog
 * that has them is a validation: a changed or unknown migration is refused.
 */
public final class CatalogMigration {
  private CatalogMigration() {}

  /**
   * Applies what is missing, after validating what is there.
   *
   * @param jdbcUrl of the catalog's database
   * @param user the schema's owner
   * @return the schema's version afterwards
   * @throws CatalogMigrationException if the database cannot be reached, was changed by another
   *     build, or refuses a statement
   */
  public static String migrate(String jdbcUrl, String user, String password) {
    try {
      MigrateResult result = configuration(jdbcUrl, user, password).load().migrate();
      return result.targetSchemaVersion != null
          ? result.targetSchemaVersion
          : result.initialSchemaVersion;
    } catch (FlywayException e) {
      throw refused(jdbcUrl, e);
    }
  }

  /**
   * Checks that the catalog has exactly this build's migrations, and changes nothing.
   *
   * @throws CatalogMigrationException with the first difference
   */
  public static void validate(String jdbcUrl, String user, String password) {
    try {
      configuration(jdbcUrl, user, password).load().validate();
    } catch (FlywayException e) {
      throw refused(jdbcUrl, e);
    }
  }

  private static FluentConfiguration configuration(String jdbcUrl, String user, String password) {
    return Flyway.configure(CatalogMigration.class.getClassLoader())
        .dataSource(jdbcUrl, user, password)
        .locations("classpath:db/migration")
        .validateOnMigrate(true)
        .cleanDisabled(true)
        .connectRetries(0);
  }

  private static CatalogMigrationException refused(String jdbcUrl, FlywayException e) {
    return new CatalogMigrationException(
        "the catalog at "
            + jdbcUrl
            + " cannot be brought to this build's schema: "
            + e.getMessage().strip(),
        e);
  }
}
