package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.ComponentSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL with passwords for everyone, commits that survive a kill, one role a purpose.
 *
 * @param bin folder of {@code initdb} and {@code postgres}
 */
record PostgresComponent(
    StackHome home, Ports ports, Credentials credentials, Path bin, String version)
    implements Component {
  static final String NAME = "postgres";
  static final String SUPERUSER = "postgres";

  private Path folder() {
    return home.folder(NAME);
  }

  private Path data() {
    return folder().resolve("data");
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://" + address() + "/" + database;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String address() {
    return Ports.LOOPBACK + ":" + ports.postgres();
  }

  @Override
  public Optional<ComponentSpec> spec() {
    List<String> command = new ArrayList<>(PrivilegeDrop.find().prefix());
    command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data().toString()));
    command.addAll(List.of("-h", Ports.LOOPBACK, "-p", Integer.toString(ports.postgres())));
    for (String setting :
        List.of(
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=100",
            // An error's log line would otherwise repeat the statement, and a statement may set a
            // password.
            "log_min_error_statement=panic",
            "log_checkpoints=off")) {
      command.addAll(List.of("-c", setting));
    }
    return Optional.of(
        new ComponentSpec(
            NAME,
            command,
            Map.of(),
            data(),
            home.log(NAME),
            "INT", // the fast shutdown, which does not wait for clients
            Duration.ofSeconds(20),
            "postgres",
            ""));
  }

  @Override
  public void prepare() {
    StackHome.privateFolder(folder());
    if (Files.exists(data().resolve("PG_VERSION"))) {
      return;
    }
    Path draft = folder().resolve("data.new");
    Path password = folder().resolve("superuser-password");
    try {
      deleteTree(draft);
      Files.createDirectory(draft);
      StackHome.writePrivate(
          password,
          credentials.get(Credentials.POSTGRES_SUPERUSER).getBytes(StandardCharsets.UTF_8));
      PrivilegeDrop drop = PrivilegeDrop.find();
      drop.giveAway(draft);
      drop.giveAway(password);
      initdb(draft, password);
      Files.move(draft, data());
    } catch (IOException e) {
      throw new StackException("PostgreSQL's data folder could not be made (" + e + ")", e);
    } finally {
      deleteQuietly(password);
    }
  }

  private void initdb(Path draft, Path password) throws IOException {
    List<String> command = new ArrayList<>(PrivilegeDrop.find().prefix());
    command.addAll(List.of(bin.resolve("initdb").toString(), "-D", draft.toString()));
    command.addAll(List.of("-U", SUPERUSER, "--pwfile=" + password, "--auth=scram-sha-256"));
    command.addAll(List.of("--encoding=UTF8", "--locale=C"));
    Path log = home.log("initdb");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new StackException("initdb failed: see " + log);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StackException("interrupted during initdb", e);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StackException(file + " holds a password and could not be deleted: delete it", e);
    }
  }

  private Connection superuser() throws SQLException {
    return Database.connect(
        jdbcUrl("postgres"), SUPERUSER, credentials.get(Credentials.POSTGRES_SUPERUSER));
  }

  @Override
  public List<Integer> listensOn() {
    return List.of(ports.postgres());
  }

  @Override
  public boolean answers() {
    try (Connection connection = superuser()) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void setUp() {
    try (Connection connection = superuser()) {
      role(connection, Roles.OWNER, credentials.get(Credentials.POSTGRES_OWNER));
      role(connection, Roles.APPLICATION, credentials.get(Credentials.POSTGRES_APPLICATION));
      role(connection, Roles.MLFLOW, credentials.get(Credentials.POSTGRES_MLFLOW));
      database(connection, Roles.DATABASE, Roles.OWNER);
      database(connection, Roles.MLFLOW_DATABASE, Roles.MLFLOW);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "GRANT CONNECT ON DATABASE " + Roles.DATABASE + " TO " + Roles.APPLICATION);
      }
    } catch (SQLException e) {
      throw new StackException("PostgreSQL could not be set up: " + e.getMessage(), e);
    }
  }

  private static void role(Connection connection, String role, String password)
      throws SQLException {
    if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
      try (Statement statement = connection.createStatement()) {
        // Names are constants; the password is letters and digits (Credentials).
        statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'");
      }
    }
  }

  private static void database(Connection connection, String name, String owner)
      throws SQLException {
    if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name + " OWNER " + owner);
        statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
      }
    }
  }

  /** Whether a database has no table. */
  boolean isEmpty(String database) {
    String tables = "SELECT 1 FROM pg_tables WHERE schemaname = ?";
    try (Connection connection =
        Database.connect(
            jdbcUrl(database), SUPERUSER, credentials.get(Credentials.POSTGRES_SUPERUSER))) {
      return !exists(connection, tables, "public");
    } catch (SQLException e) {
      throw new StackException(
          "the database " + database + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  @Override
  public Optional<String> trouble() {
    return Database.trouble(
        jdbcUrl(Roles.DATABASE),
        Roles.APPLICATION,
        credentials.get(Credentials.POSTGRES_APPLICATION));
  }

  @Override
  public String toString() {
    return "PostgresComponent[" + address() + "]";
  }
}
