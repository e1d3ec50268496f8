package io.autoseed.activities.catalog;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Where artifacts come from and what became of them. */
interface LineageDao {
  /** A phase of a run and something it consumed or produced. */
  record Edge(
      int task,
      String phase,
      String direction,
      String name,
      String uri,
      String version,
      String sha256,
      long bytes,
      String kind) {}

  @SqlQuery(
      """
      SELECT p.task, p.phase, e.direction, e.name, a.uri, a.version, a.sha256, a.bytes, a.kind
      FROM phase p JOIN lineage_edge e ON e.phase = p.id JOIN artifact a ON a.id = e.artifact
      WHERE p.run = :run
      """)
  @RegisterConstructorMapper(Edge.class)
  List<Edge> edges(String run);

  /**
   * All edges within reach of some artifacts. One layer is one phase: up, from an artifact to the
   * phase that produced it and on to all that phase consumed ({@code near} produced, {@code far}
   * consumed); down, the other way round. The view {@code lineage_link} says what counts. Every
   * artifact is visited once, so shared pasts cost nothing and there is no end to miss.
   */
  @SqlQuery(
      """
      WITH RECURSIVE reached (artifact) AS (
        SELECT id FROM artifact WHERE id IN (<artifacts>)
        UNION
        SELECT onward.artifact
        FROM reached
        JOIN lineage_link here ON here.artifact = reached.artifact AND here.direction = :near
        JOIN lineage_link onward ON onward.phase = here.phase AND onward.direction = :far
      ),
      phases (id) AS (
        SELECT DISTINCT e.phase FROM reached
        JOIN lineage_link e ON e.artifact = reached.artifact AND e.direction = :near
      )
      SELECT r.sequence_name AS sequence, p.run, p.task, t.name AS task_name, p.phase,
             p.started_at, p.committed_at, e.direction, e.name, a.id AS artifact, a.uri,
             a.version, a.sha256, a.bytes, a.kind
      FROM phases JOIN phase p ON p.id = phases.id
      JOIN task t ON t.run = p.run AND t.task = p.task
      JOIN run r ON r.id = p.run
      JOIN lineage_link e ON e.phase = p.id
      JOIN artifact a ON a.id = e.artifact
      WHERE e.direction = :far OR a.id IN (SELECT artifact FROM reached)
      ORDER BY p.committed_at, p.id, e.direction, e.name, a.id
      """)
  @RegisterConstructorMapper(LineageEdge.class)
  List<LineageEdge> reach(@BindList List<Long> artifacts, String near, String far);

  @SqlQuery("SELECT id FROM artifact WHERE sha256 = :digest ORDER BY id")
  List<Long> byDigest(String digest);

  /** What a task produced, in the run that the given one shares the task with, if it does. */
  @SqlQuery(
      RunDao.PAST
          + """
      SELECT e.artifact
      FROM past JOIN phase p ON p.run = past.run AND p.task <= past.until
      JOIN lineage_link e ON e.phase = p.id
      WHERE p.task = :task AND e.direction = 'produced' ORDER BY e.artifact
      """)
  List<Long> producedByTask(String run, int task);

  @SqlQuery(
      """
      SELECT e.artifact FROM phase p JOIN lineage_link e ON e.phase = p.id
      WHERE p.run = :run AND e.direction = 'produced' ORDER BY e.artifact
      """)
  List<Long> producedByRun(String run);

  /** Digests that begin so, at most {@code limit}. */
  @SqlQuery(
      """
      SELECT DISTINCT sha256 FROM artifact WHERE sha256 LIKE :prefix || '%'
      ORDER BY sha256 LIMIT :limit
      """)
  List<String> digestsFrom(String prefix, int limit);

  @SqlQuery("SELECT DISTINCT artifact FROM seed WHERE id = :seed ORDER BY artifact")
  List<Long> bySeed(String seed);

  @SqlQuery("SELECT manifest FROM model_version WHERE name = :name AND version = :version")
  List<Long> byModelVersion(String name, int version);

  @SqlQuery("SELECT manifest FROM prediction WHERE id = :id")
  List<Long> byPrediction(String id);
}
