package io.autoseed.activities.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The two numbered lists of a run: audit entries and what MLflow is to be told. */
interface ChainDao {
  @SqlUpdate(
      """
      INSERT INTO audit_log (run, number, at, event, details, previous, hash)
      VALUES (:run, :number, :at, :event, :details, :previous, :hash)
      """)
  void insert(@BindMethods AuditEntry entry);

  /** Appends an entry and what MLflow is told of it, and moves the run's chains on. */
  @SqlUpdate(
      """
      WITH audited AS (
        INSERT INTO audit_log (run, number, at, event, details, previous, hash)
        VALUES (:run, :number, :at, :event, :details, :previous, :hash)
      ), told AS (
        INSERT INTO metric_outbox (run, number, kind, payload, created_at)
        VALUES (:run, :told, :kind, :payload, :at)
      )
      UPDATE run SET outbox_next = :told + 1, audit_next = :number + 1, audit_head = :hash
      WHERE id = :run
      """)
  void append(@BindMethods AuditEntry entry, long told, String kind, String payload);

  default List<AuditEntry> entries(String run) {
    return entries(run, 0);
  }

  @SqlQuery(
      """
      SELECT run, number, at, event, details, previous, hash
      FROM audit_log WHERE run = :run AND number >= :from ORDER BY number
      """)
  @RegisterConstructorMapper(AuditEntry.class)
  List<AuditEntry> entries(String run, long from);

  @SqlUpdate(
      """
      INSERT INTO audit_anchor (run, number, hash, object_key, object_version)
      VALUES (:run, :number, :hash, :objectKey, :objectVersion) ON CONFLICT DO NOTHING
      """)
  void insertAnchor(@BindMethods AuditAnchorRow anchor);

  @SqlQuery(
      """
      SELECT run, number, hash, object_key, object_version
      FROM audit_anchor WHERE run = :run ORDER BY number
      """)
  @RegisterConstructorMapper(AuditAnchorRow.class)
  List<AuditAnchorRow> anchors(String run);

  @SqlUpdate(
      """
      INSERT INTO metric_outbox (run, number, kind, payload, created_at)
      VALUES (:run, :number, :kind, :payload, :createdAt)
      """)
  void insert(String run, long number, String kind, String payload, Instant createdAt);

  @SqlQuery(
      """
      SELECT run, number, kind, payload, created_at
      FROM metric_outbox WHERE run = :run ORDER BY number
      """)
  @RegisterConstructorMapper(OutboxRow.class)
  List<OutboxRow> outbox(String run);

  @SqlQuery(
      """
      SELECT run, number, kind, payload, created_at
      FROM metric_outbox
      WHERE run = :run AND number >=
        coalesce((SELECT delivered FROM tracking_progress WHERE run = :run), 0)
      ORDER BY number LIMIT :limit
      """)
  @RegisterConstructorMapper(OutboxRow.class)
  List<OutboxRow> undelivered(String run, int limit);

  @SqlQuery(
      """
      SELECT r.id FROM run r LEFT JOIN tracking_progress p ON p.run = r.id
      WHERE coalesce(p.delivered, 0) < r.outbox_next
        AND NOT EXISTS (SELECT FROM tracking_park k WHERE k.run = r.id AND k.parked)
      ORDER BY r.id
      """)
  List<String> runsWithUndelivered();

  /** How many rows of a run are delivered: all those with smaller numbers. */
  @SqlQuery("SELECT coalesce((SELECT delivered FROM tracking_progress WHERE run = :run), 0)")
  long rowsDelivered(String run);

  /** Notes that a run's rows are delivered, up to and with the last. */
  @SqlUpdate(
      """
      INSERT INTO tracking_progress (run, delivered) VALUES (:run, :last + 1)
      ON CONFLICT (run) DO UPDATE
        SET delivered = greatest(tracking_progress.delivered, excluded.delivered)
      """)
  void delivered(String run, long last);

  @SqlUpdate(
      """
      INSERT INTO tracking_park (run, number, hint) VALUES (:run, :number, :hint)
      ON CONFLICT (run) DO UPDATE
        SET number = :number, hint = :hint, parked_at = now(), parked = true
      """)
  void park(String run, long number, String hint);

  @SqlUpdate("UPDATE tracking_park SET parked = false WHERE run = :run AND parked")
  int unpark(String run);

  @SqlQuery("SELECT run, number, hint, parked_at FROM tracking_park WHERE parked ORDER BY run")
  @RegisterConstructorMapper(ParkedRun.class)
  List<ParkedRun> parked();

  @SqlUpdate(
      """
      INSERT INTO tracked_run (run, task, mlflow_run, experiment, artifact_uri)
      VALUES (:run, :task, :mlflowRun, :experiment, :artifactUri) ON CONFLICT DO NOTHING
      """)
  void insertTracked(@BindMethods TrackedRun tracked);

  @SqlQuery(
      """
      SELECT run, task, mlflow_run, experiment, artifact_uri
      FROM tracked_run WHERE run = :run AND task = :task
      """)
  @RegisterConstructorMapper(TrackedRun.class)
  Optional<TrackedRun> tracked(String run, int task);

  /** True for one session at a time, until it ends or lets go. */
  @SqlQuery("SELECT pg_try_advisory_lock(hashtextextended('autoseed-relay:' || :run, 0))")
  boolean lockRelay(String run);

  @SqlQuery("SELECT pg_advisory_unlock(hashtextextended('autoseed-relay:' || :run, 0))")
  boolean unlockRelay(String run);
}
