package io.autoseed.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.StackAddresses;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresDurabilityIT {
  private static Connection owner() throws SQLException {
    StackAddresses at = TestStack.addresses();
    return DriverManager.getConnection(at.jdbcUrl(), at.ownerUser(), at.ownerPassword());
  }

  @Test
  void anAcknowledgedCommitOutlivesTheKillOfEveryPostgresProcess() throws Exception {
    try (Connection connection = owner();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA durability");
      statement.execute("CREATE TABLE durability.row (id int PRIMARY KEY)");
      statement.execute("INSERT INTO durability.row VALUES (42)");
    }

    killEveryPostgresProcess();

    try (Connection connection = owner();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM durability.row")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(42);
    } finally {
      try (Connection connection = owner();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP SCHEMA durability CASCADE");
      }
    }
  }

  private static void killEveryPostgresProcess() throws IOException {
    Path data = TestStack.addresses().home().resolve("postgres/data").toRealPath();
    List<Long> before = Processes.workingIn(data);
    assertThat(before).as("postmaster and its children").hasSizeGreaterThan(3);
    before.forEach(Processes::kill9);
    Processes.await(
        "all that was killed is gone",
        TestStack.RECOVERY,
        () -> Processes.workingIn(data).stream().noneMatch(before::contains));
    TestStack.awaitHealthy();
  }

  @Test
  void theApplicationsRoleOwnsNothingAndReachesNoOtherDatabase() throws Exception {
    StackAddresses at = TestStack.addresses();
    try (Connection connection =
            DriverManager.getConnection(
                at.jdbcUrl(), at.applicationUser(), at.applicationPassword());
        Statement statement = connection.createStatement()) {
      assertThat(refused(() -> statement.execute("CREATE TABLE public.mine (id int)"))).isTrue();
    }
    String mlflow = at.jdbcUrl().replaceAll("/autoseed$", "/mlflow");
    assertThat(
            refused(
                () ->
                    DriverManager.getConnection(
                            mlflow, at.applicationUser(), at.applicationPassword())
                        .close()))
        .isTrue();
  }

  private interface SqlWork {
    void run() throws SQLException;
  }

  /** Whether PostgreSQL says that the right to do this is missing. */
  private static boolean refused(SqlWork work) {
    try {
      work.run();
      return false;
    } catch (SQLException e) {
      return "42501".equals(e.getSQLState());
    }
  }
}
