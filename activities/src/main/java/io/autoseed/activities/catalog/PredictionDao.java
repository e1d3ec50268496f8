package io.autoseed.activities.catalog;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Learner states to predict with, and what was predicted. */
interface PredictionDao {
  /** A finished task and the manifest of its PUBLISH. */
  record Published(
      String run,
      int task,
      String manifestKey,
      String manifestVersion,
      String manifestSha256,
      String outcomeDigest) {}

  /**
   * The newest finished task of a run, or the given one; tasks that it shares count.
   *
   * @param task index; -1 for the newest
   */
  @SqlQuery(
      RunDao.PAST
          + """
      SELECT p.run, p.task, p.manifest_key, p.manifest_version, p.manifest_sha256, p.outcome_digest
      FROM past JOIN phase p ON p.run = past.run AND p.task <= past.until
      WHERE p.phase = 'PUBLISH' AND p.committed_at IS NOT NULL AND (:task = -1 OR p.task = :task)
      ORDER BY p.task DESC LIMIT 1
      """)
  @RegisterConstructorMapper(Published.class)
  Optional<Published> published(String run, int task);

  @SqlQuery(
      """
      SELECT p.run, p.task, p.manifest_key, p.manifest_version, p.manifest_sha256, p.outcome_digest
      FROM model_version m
      JOIN phase p ON p.run = m.run AND p.task = m.task AND p.phase = 'PUBLISH'
      WHERE m.name = :name AND m.version = :version
      """)
  @RegisterConstructorMapper(Published.class)
  Optional<Published> model(String name, int version);

  @SqlQuery("SELECT count(*) FROM prediction WHERE id = :id")
  int count(String id);

  @SqlUpdate(
      """
      INSERT INTO prediction (id, manifest, image_sha256, result)
      SELECT :id, a.id, :imageSha256, :result
      FROM artifact a WHERE a.uri = :manifestKey AND a.version = :manifestVersion
      ON CONFLICT DO NOTHING
      """)
  int insert(
      String id, String imageSha256, String result, String manifestKey, String manifestVersion);
}
