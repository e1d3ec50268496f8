package io.autoseed.infra.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;

/** Connections to PostgreSQL that give up soon. */
final class Database {
  private Database() {}

  static Connection connect(String jdbcUrl, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "10");
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  /** Logs in and asks something; says what is wrong, or nothing. */
  static Optional<String> trouble(String jdbcUrl, String user, String password) {
    try (Connection connection = connect(jdbcUrl, user, password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1")) {
      return rows.next() ? Optional.empty() : Optional.of("a query has no answer");
    } catch (SQLException e) {
      return Optional.of(e.getMessage());
    }
  }
}
