package io.autoseed.activities.catalog;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Registered model versions. */
interface ModelDao {
  /** The lock makes two runs of one sequence that end together take two numbers. */
  @SqlQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('autoseed-model:' || :name, 0))")
  int lock(String name);

  @SqlUpdate(
      """
      INSERT INTO model_version (name, version, run, task, manifest, outcome_digest)
      SELECT :name, coalesce(max(version), 0) + 1, :run, :task, :manifest, :outcomeDigest
      FROM model_version WHERE name = :name
      ON CONFLICT (run, task) DO NOTHING
      """)
  int insertNext(String name, String run, int task, long manifest, String outcomeDigest);

  default void insert(String name, String run, int task, long manifest, String outcomeDigest) {
    lock(name);
    insertNext(name, run, task, manifest, outcomeDigest);
  }

  @SqlQuery(
      """
      SELECT m.name, m.version, m.run, m.task, a.uri AS manifest_key,
             a.version AS manifest_version, a.sha256 AS manifest_sha256, m.outcome_digest,
             m.created_at
      FROM model_version m JOIN artifact a ON a.id = m.manifest WHERE m.run = :run
      """)
  @RegisterConstructorMapper(ModelVersion.class)
  Optional<ModelVersion> of(String run);

  @SqlQuery(
      """
      SELECT m.name, m.version, m.run, m.task, a.uri AS manifest_key,
             a.version AS manifest_version, a.sha256 AS manifest_sha256, m.outcome_digest,
             m.created_at
      FROM model_version m JOIN artifact a ON a.id = m.manifest ORDER BY m.created_at DESC, m.id
      """)
  @RegisterConstructorMapper(ModelVersion.class)
  List<ModelVersion> all();
}
