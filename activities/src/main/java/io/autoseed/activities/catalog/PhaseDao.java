package io.autoseed.activities.catalog;

import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.activities.store.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Phases, their tokens and attempts. */
interface PhaseDao {
  /** Which phase, of which task, and what its row says. */
  record Held(long id, long token, String outcomeDigest, String taskName) {}

  /** What a commit writes into the phase's row. */
  record Committed(
      long id,
      long token,
      String manifestKey,
      String manifestVersion,
      String manifestSha256,
      String outcomeDigest,
      String reusedFrom,
      double computeSeconds,
      Instant at) {}

  /** A committed phase. */
  record Written(
      int task,
      String phase,
      String phaseKey,
      String manifestKey,
      String manifestVersion,
      String manifestSha256,
      String outcomeDigest,
      String reusedFrom,
      double computeSeconds,
      Instant committedAt) {}

  /** An attempt as it was begun. */
  record Begun(
      int task,
      String phase,
      long token,
      String host,
      String build,
      String numericProfile,
      Instant startedAt) {
    Manifest.Attempt attempt() {
      return new Manifest.Attempt(token, host, build, numericProfile, startedAt.toString());
    }
  }

  /** How often a phase was written down. */
  record Counted(int task, String phase, int audited, int told) {}

  /** A token, and the phase that was taken with it: null if a newer attempt has the phase. */
  record Taken(long token, Long phase) {}

  /** Takes the phase over with the next token and notes the attempt. */
  @SqlQuery(
      """
      WITH next AS MATERIALIZED (
        SELECT next_phase_token() AS token
      ), taken AS (
        INSERT INTO phase (run, task, phase, token, phase_key)
        SELECT :run, :task, :phase, token, :phaseKey FROM next
        ON CONFLICT (run, task, phase) DO UPDATE
          SET token = excluded.token, phase_key = excluded.phase_key
          WHERE phase.token < excluded.token
        RETURNING id
      ), begun AS (
        INSERT INTO phase_attempt (token, phase, host, build, numeric_profile)
        SELECT token, id, :host, :build, :numericProfile FROM next, taken
      )
      SELECT token, (SELECT id FROM taken) AS phase FROM next
      """)
  @RegisterConstructorMapper(Taken.class)
  Taken take(String run, int task, String phase, String phaseKey, @BindMethods Workplace workplace);

  @SqlQuery(
      """
      SELECT p.task, p.phase, a.token, a.host, a.build, a.numeric_profile, a.started_at
      FROM phase p JOIN phase_attempt a ON a.phase = p.id
      WHERE p.run = :run AND p.task = :task AND p.phase = :phase ORDER BY a.token
      """)
  @RegisterConstructorMapper(Begun.class)
  List<Begun> attempts(String run, int task, String phase);

  @SqlQuery(
      """
      SELECT p.task, p.phase, a.token, a.host, a.build, a.numeric_profile, a.started_at
      FROM phase p JOIN phase_attempt a ON a.phase = p.id WHERE p.run = :run ORDER BY a.token
      """)
  @RegisterConstructorMapper(Begun.class)
  List<Begun> attempts(String run);

  @SqlUpdate(
      """
      INSERT INTO phase_attempt_end (token, result, outcome_digest, compute_seconds)
      VALUES (:token, :result, :outcomeDigest, :computeSeconds) ON CONFLICT DO NOTHING
      """)
  void endAttempt(long token, String result, String outcomeDigest, double computeSeconds);

  @SqlQuery(
      """
      SELECT p.id, p.token, p.outcome_digest, t.name AS task_name
      FROM phase p JOIN task t ON t.run = p.run AND t.task = p.task
      WHERE p.run = :run AND p.task = :task AND p.phase = :phase
      """)
  @RegisterConstructorMapper(Held.class)
  Optional<Held> find(String run, int task, String phase);

  /** The last statement of a commit: 0 if the token is no longer the newest. */
  @SqlUpdate(
      """
      UPDATE phase SET manifest_key = :manifestKey, manifest_version = :manifestVersion,
             manifest_sha256 = :manifestSha256, outcome_digest = :outcomeDigest,
             reused_from = :reusedFrom, compute_seconds = :computeSeconds,
             committed_at = coalesce(committed_at, :at)
      WHERE id = :id AND token = :token
      """)
  int commit(@BindMethods Committed row);

  @SqlQuery(
      """
      SELECT task, phase,
             (SELECT count(*) FROM audit_log a
              WHERE a.run = phase.run AND a.event = 'phase-committed'
                AND (a.details::jsonb ->> 'task')::integer = phase.task
                AND a.details::jsonb ->> 'phase' = phase.phase) AS audited,
             (SELECT count(*) FROM metric_outbox o
              WHERE o.run = phase.run AND o.kind = 'PhaseCommitted'
                AND (o.payload::jsonb ->> 'task')::integer = phase.task
                AND o.payload::jsonb ->> 'phase' = phase.phase) AS told
      FROM phase WHERE run = :run ORDER BY task, id
      """)
  @RegisterConstructorMapper(Counted.class)
  List<Counted> counted(String run);

  @SqlQuery(
      """
      SELECT task, phase, phase_key, manifest_key, manifest_version, manifest_sha256,
             outcome_digest, reused_from, compute_seconds, committed_at
      FROM phase WHERE run = :run AND committed_at IS NOT NULL
      """)
  @RegisterConstructorMapper(Written.class)
  List<Written> written(String run);

  /** A run's phases; those of the runs it was forked from included, up to the fork. */
  @SqlQuery(
      RunDao.PAST
          + """
      SELECT p.run, p.task, p.phase, p.manifest_key, p.manifest_version,
             p.manifest_sha256, p.outcome_digest, p.reused_from, p.compute_seconds, p.started_at,
             coalesce((SELECT max(a.started_at) FROM phase_attempt a
                       WHERE a.phase = p.id AND a.started_at <= p.committed_at),
                      p.started_at) AS resumed_at,
             p.committed_at,
             (SELECT count(*) FROM phase_attempt a WHERE a.phase = p.id) AS attempts
      FROM past JOIN phase p ON p.run = past.run AND p.task <= past.until
      ORDER BY p.task, p.id
      """)
  @RegisterConstructorMapper(PhaseRow.class)
  List<PhaseRow> shown(String run);
}
