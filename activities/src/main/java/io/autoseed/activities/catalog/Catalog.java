package io.autoseed.activities.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * The connection to the catalog. A few connections, opened when first needed; a database that is
 * away is reported within seconds, because whoever asks can try again. Thread-safe.
 */
public final class Catalog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int CONNECTIONS = 4;

  /** A holder of row locks that is silent for longer is taken for dead, and gives them back. */
  private static final Duration LONGEST_IN_TRANSACTION = Duration.ofSeconds(5);

  /** The same for what a connection holds outside of transactions: longer than any delivery. */
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(2);

  private static final int ROUNDS = 5;

  /** SQLSTATEs of a serialization failure and of a deadlock. */
  private static final Set<String> GAVE_WAY = Set.of("40001", "40P01");

  /**
   * Classes of SQLSTATE: wrong password, no such database, no such schema, no right or no such
   * table.
   */
  private static final Set<String> REFUSALS = Set.of("28", "3D", "3F", "42");

  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String NO_CONNECTION = "08";

  private final CatalogAddress address;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  public Catalog(CatalogAddress address) {
    this(address, LONGEST_IN_TRANSACTION, LONGEST_IDLE);
  }

  /**
   * @param longestInTransaction silence after which the server ends a connection in a transaction
   * @param longestIdle the same outside of transactions
   */
  Catalog(CatalogAddress address, Duration longestInTransaction, Duration longestIdle) {
    this.address = address;
    HikariConfig config = new HikariConfig();
    config.setPoolName("catalog");
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setIdleTimeout(Duration.ofSeconds(30).toMillis());
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setValidationTimeout(Duration.ofSeconds(1).toMillis());
    config.setInitializationFailTimeout(-1);
    Properties driver = new Properties();
    driver.setProperty("connectTimeout", Long.toString(PATIENCE.toSeconds()));
    driver.setProperty("socketTimeout", "30");
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("ApplicationName", "autoseed");
    driver.setProperty("options", serverSettings(longestInTransaction, longestIdle));
    config.setDataSourceProperties(driver);
    this.pool = new HikariDataSource(config);
    this.jdbi =
        Jdbi.create(pool)
            .installPlugin(new SqlObjectPlugin())
            .registerArrayType(String.class, "text")
            .registerArrayType(Long.class, "bigint")
            .registerArrayType(Integer.class, "integer")
            .registerArrayType(Double.class, "double precision");
  }

  /**
   * The server ends the session of a process that was stopped, or whose machine is gone, so that
   * nobody waits for what it has locked.
   */
  private static String serverSettings(Duration longestInTransaction, Duration longestIdle) {
    return "-c idle_in_transaction_session_timeout="
        + longestInTransaction.toMillis()
        + " -c idle_session_timeout="
        + longestIdle.toMillis()
        + " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
        + " -c tcp_user_timeout=25000";
  }

  /** The database and role, without the password. */
  public CatalogAddress address() {
    return address;
  }

  /**
   * Runs {@code work} in one transaction; nothing of it remains if it throws. Runs it again if the
   * database ended it for the sake of another transaction.
   */
  <T> T transaction(String what, Function<Handle, T> work) {
    return repeated(what, () -> jdbi.inTransaction(work::apply));
  }

  /**
   * Runs {@code work}, one statement that changes something, in a transaction of its own: in one
   * round trip. Repeated like {@link #transaction}.
   */
  <T> T statement(String what, Function<Handle, T> work) {
    return repeated(what, () -> jdbi.withHandle(work::apply));
  }

  private <T> T repeated(String what, Supplier<T> work) {
    for (int round = 1; ; round++) {
      try {
        return work.get();
      } catch (JdbiException e) {
        if (round == ROUNDS || !GAVE_WAY.contains(state(e))) {
          throw failed(what, e);
        }
      }
    }
  }

  /** Runs {@code work} on one connection, in one snapshot, changing nothing. */
  <T> T read(String what, Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(
          handle -> {
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return work.apply(handle);
          });
    } catch (JdbiException e) {
      throw failed(what, e);
    }
  }

  /** Runs {@code work} on one connection, outside of a transaction. */
  <T> T session(String what, Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      return work.apply(handle);
    } catch (JdbiException e) {
      throw failed(what, e);
    }
  }

  private CatalogException failed(String what, JdbiException e) {
    String state = state(e);
    String message =
        what
            + " failed at "
            + address
            + ": "
            + root(e).getMessage()
            + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")")
            + advice(state);
    return state.length() == 5 && REFUSALS.contains(state.substring(0, 2))
        ? new CatalogRefusedException(message, e)
        : new CatalogException(message, e);
  }

  private static String advice(String state) {
    if (state.equals(NO_SUCH_DATABASE)) {
      return "; if it was lost: autoseed up makes it anew, autoseed catalog rebuild fills it from the"
          + " store";
    }
    return state.startsWith(NO_CONNECTION) ? "; is PostgreSQL up (autoseed status)?" : "";
  }

  /** The SQLSTATE at the root of an exception; empty if there is none. */
  private static String state(JdbiException e) {
    return root(e) instanceof SQLException sql && sql.getSQLState() != null
        ? sql.getSQLState()
        : "";
  }

  private static Throwable root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void close() {
    pool.close();
  }
}
