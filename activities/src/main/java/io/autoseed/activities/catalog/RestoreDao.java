package io.autoseed.activities.catalog;

import io.autoseed.activities.store.Manifest;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Rows as they were, times included: for a catalog that is rebuilt. */
interface RestoreDao {
  @SqlQuery("SELECT max(epoch) FROM token_epoch")
  int epoch();

  /** Lets this transaction compute for longer than a stopped worker may hold its locks. */
  @SqlUpdate("SET LOCAL idle_in_transaction_session_timeout = 0")
  void mayFallSilent();

  @SqlUpdate("INSERT INTO token_epoch (epoch, reason) VALUES (:epoch, :reason)")
  void begin(int epoch, String reason);

  @SqlQuery("SELECT id FROM run ORDER BY id")
  List<String> runs();

  @SqlQuery(
      """
      INSERT INTO phase (run, task, phase, token, phase_key, started_at)
      VALUES (:run, :task, :phase, :token, :phaseKey, :startedAt) RETURNING id
      """)
  long phase(String run, int task, String phase, long token, String phaseKey, Instant startedAt);

  @SqlUpdate(
      """
      INSERT INTO phase_attempt (token, phase, host, build, numeric_profile, started_at)
      VALUES (:token, :id, :host, :build, :numericProfile, :at) ON CONFLICT DO NOTHING
      """)
  void attempt(long id, @BindMethods Manifest.Attempt attempt, Instant at);
}
