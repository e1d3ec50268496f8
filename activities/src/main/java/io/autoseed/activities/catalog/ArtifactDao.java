package io.autoseed.activities.catalog;

import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.SeedRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Artifacts, the edges between them and phases, and the seeds that lie in them. */
interface ArtifactDao {
  @SqlUpdate(
      """
      INSERT INTO artifact (uri, version, sha256, bytes, kind)
      VALUES (:uri, :version, :sha256, :bytes, :kind) ON CONFLICT DO NOTHING
      """)
  void insert(@BindMethods ArtifactReference artifact);

  @SqlQuery("SELECT id FROM artifact WHERE uri = :uri AND version = :version AND sha256 = :sha256")
  Optional<Long> find(@BindMethods ArtifactReference artifact);

  /** The artifact's row, made if needed. */
  default long ensure(ArtifactReference artifact) {
    insert(artifact);
    return find(artifact)
        .orElseThrow(
            () ->
                new CatalogException(
                    "the catalog knows "
                        + artifact.uri()
                        + " version "
                        + artifact.version()
                        + " with another digest than "
                        + artifact.sha256()));
  }

  /** What a phase consumed or produced; {@code direction} says which. */
  record Edge(String direction, String name, ArtifactReference artifact) {
    /** One order for whoever writes: inserts of the same artifacts do not deadlock. */
    static final Comparator<Edge> ORDER =
        Comparator.comparing((Edge edge) -> edge.artifact().uri())
            .thenComparing(edge -> edge.artifact().version())
            .thenComparing(Edge::direction);
  }

  @SqlUpdate(
      """
      INSERT INTO artifact (uri, version, sha256, bytes, kind)
      SELECT * FROM unnest(:uris, :versions, :digests, :bytes, :kinds) ON CONFLICT DO NOTHING
      """)
  void insert(
      List<String> uris,
      List<String> versions,
      List<String> digests,
      List<Long> bytes,
      List<String> kinds);

  /**
   * Inserts the edges to artifacts that are there.
   *
   * @return of those artifacts, one that the catalog knows with another digest
   */
  @SqlQuery(
      """
      WITH wanted AS (
        SELECT * FROM unnest(:directions, :names, :uris, :versions, :digests)
                   AS w (direction, name, uri, version, sha256)
      ), connected AS (
        INSERT INTO lineage_edge (phase, direction, artifact, name)
        SELECT :phase, w.direction, a.id, w.name
        FROM wanted w JOIN artifact a ON a.uri = w.uri AND a.version = w.version
        ON CONFLICT DO NOTHING
      )
      SELECT a.uri || ' version ' || a.version || ' with the digest ' || a.sha256 || ', not ' || w.sha256
      FROM wanted w JOIN artifact a ON a.uri = w.uri AND a.version = w.version
      WHERE a.sha256 <> w.sha256 LIMIT 1
      """)
  Optional<String> insertEdges(
      long phase,
      List<String> directions,
      List<String> names,
      List<String> uris,
      List<String> versions,
      List<String> digests);

  /**
   * Connects a phase with what it consumed and produced; rows of the artifacts are made if needed.
   *
   * @throws CatalogException if the catalog knows one of them with another digest
   */
  default void connect(long phase, List<Edge> edges) {
    List<Edge> ordered = edges.stream().sorted(Edge.ORDER).toList();
    List<ArtifactReference> artifacts = ordered.stream().map(Edge::artifact).toList();
    List<String> uris = artifacts.stream().map(ArtifactReference::uri).toList();
    List<String> versions = artifacts.stream().map(ArtifactReference::version).toList();
    List<String> digests = artifacts.stream().map(ArtifactReference::sha256).toList();
    insert(
        uris,
        versions,
        digests,
        artifacts.stream().map(ArtifactReference::bytes).toList(),
        artifacts.stream().map(ArtifactReference::kind).toList());
    insertEdges(
            phase,
            ordered.stream().map(Edge::direction).toList(),
            ordered.stream().map(Edge::name).toList(),
            uris,
            versions,
            digests)
        .ifPresent(
            found -> {
              throw new CatalogException("the catalog knows " + found);
            });
  }

  @SqlBatch(
      """
      INSERT INTO seed (run, id, class_number, class_name, task_born, utility, artifact, row_number)
      VALUES (:run, :id, :classNumber, :className, :task, :utility, :artifacts, :row)
      ON CONFLICT DO NOTHING
      """)
  int[] insertSeeds(String run, int task, List<Long> artifacts, @BindMethods List<SeedRow> seeds);

  @SqlBatch(
      """
      UPDATE seed SET task_pruned = :task WHERE run = :run AND id = :id AND task_pruned IS NULL
      """)
  int[] pruneSeeds(String run, int task, Collection<String> id);

  @SqlQuery(
      """
      SELECT s.id, s.run, s.class_number, s.class_name, s.task_born, s.task_pruned, s.utility,
             a.uri AS object_key, a.version AS object_version, a.sha256 AS object_sha256,
             s.row_number AS row
      FROM seed s JOIN artifact a ON a.id = s.artifact
      WHERE s.run = :run ORDER BY s.task_born, s.class_number, s.row_number
      """)
  @RegisterConstructorMapper(SeedRecord.class)
  List<SeedRecord> seeds(String run);

  @SqlQuery(
      """
      SELECT s.id, s.run, s.class_number, s.class_name, s.task_born, s.task_pruned, s.utility,
             a.uri AS object_key, a.version AS object_version, a.sha256 AS object_sha256,
             s.row_number AS row
      FROM seed s JOIN artifact a ON a.id = s.artifact
      WHERE s.id = :id ORDER BY s.run
      """)
  @RegisterConstructorMapper(SeedRecord.class)
  List<SeedRecord> seedsById(String id);
}
