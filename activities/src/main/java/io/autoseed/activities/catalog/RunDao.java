package io.autoseed.activities.catalog;

import io.autoseed.activities.catalog.RunHistory.Companions;
import io.autoseed.activities.catalog.RunHistory.MemberRow;
import io.autoseed.activities.catalog.RunHistory.PastRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Runs and their tasks. Every transaction that appends to a run's chains locks its row first. */
interface RunDao {
  /**
   * Starts a query that reads {@code past}: the run {@code :run} and those it was forked from, each
   * up to the task until which it is shared.
   */
  String PAST =
      """
      WITH RECURSIVE past (run, until) AS (
        SELECT id, 2147483647 FROM run WHERE id = :run
        UNION ALL
        SELECT r.forked_from, least(past.until, r.forked_after_task)
        FROM past JOIN run r ON r.id = past.run WHERE r.forked_from IS NOT NULL
      )
      """;

  /** Selects {@link RunRow}s. */
  String ROWS =
      """
      SELECT id, workflow_id, sequence_name, sequence_digest, strategy, settings, random_seed,
             code_version, numeric_profile, reuse, forked_from, forked_after_task, beside, study,
             drops_features, state, failure, created_at, finished_at,
             (SELECT count(*) FROM task WHERE task.run = run.id) AS tasks,
             coalesce(forked_after_task + 1, 0) +
             (SELECT count(*) FROM phase WHERE phase.run = run.id AND phase.phase = 'PUBLISH'
                                           AND committed_at IS NOT NULL) AS tasks_done,
             outbox_next -
             coalesce((SELECT delivered FROM tracking_progress p WHERE p.run = run.id), 0)
               AS undelivered,
             (SELECT hint FROM tracking_park p WHERE p.run = run.id AND p.parked) AS parked
      FROM run
      """;

  /** What the chains of a run go on from, and whether it has ended. */
  record Chains(long outboxNext, long auditNext, String auditHead, Instant now, boolean ended) {}

  /** A run and what it learned. */
  record Learned(String sequenceDigest, String id) {}

  /** A run as it is inserted. */
  record Inserted(
      String id,
      String workflowId,
      String sequenceName,
      String sequenceDigest,
      String strategy,
      String settings,
      long randomSeed,
      String codeVersion,
      String numericProfile,
      String reuse,
      String forkedFrom,
      Integer forkedAfterTask,
      String beside,
      String study,
      boolean dropsFeatures,
      Instant createdAt) {}

  @SqlUpdate(
      """
      INSERT INTO run (id, workflow_id, sequence_name, sequence_digest, strategy, settings,
                       random_seed, code_version, numeric_profile, reuse, forked_from,
                       forked_after_task, beside, study, drops_features, created_at)
      VALUES (:id, :workflowId, :sequenceName, :sequenceDigest, :strategy, :settings,
              :randomSeed, :codeVersion, :numericProfile, :reuse, :forkedFrom,
              :forkedAfterTask, :beside, :study, :dropsFeatures, :createdAt)
      ON CONFLICT (id) DO NOTHING
      """)
  int insert(@BindMethods Inserted run);

  @SqlBatch(
      """
      INSERT INTO task (run, task, name, digest, dataset, dataset_digest, classes)
      VALUES (:run, :task, :name, :digest, :dataset, :datasetDigest, :classes)
      ON CONFLICT DO NOTHING
      """)
  int[] insertTasks(@BindMethods List<TaskRow> tasks);

  @SqlQuery(ROWS + "WHERE id = :id")
  @RegisterConstructorMapper(RunRow.class)
  Optional<RunRow> find(String id);

  /**
   * Starts a query that reads {@code meant}: the runs that a text can mean, and how far each id is
   * from it: 0 it is the id, 1 the name, 2 the start of either. Runs that accompany another or are
   * members of a study go by their whole id.
   */
  String MEANT =
      """
      WITH meant AS (
        SELECT id, created_at,
               CASE WHEN id = :text THEN 0
                    WHEN substr(id, length(:text) + 1) ~ ('^' || :afterName || '$') THEN 1
                    ELSE 2 END AS distance
        FROM run
        WHERE id = :text OR beside IS NULL AND study IS NULL AND starts_with(id, :text)
      )
      """;

  /**
   * The newest of the runs that a text is nearest to.
   *
   * @param afterName {@link Runs#AFTER_NAME}
   */
  @SqlQuery(
      MEANT
          + """
      SELECT id FROM meant WHERE distance = (SELECT min(distance) FROM meant)
      ORDER BY created_at DESC, id LIMIT :limit
      """)
  List<String> called(String text, String afterName, int limit);

  /**
   * The newest runs of a name.
   *
   * @param afterName {@link Runs#AFTER_NAME}
   */
  @SqlQuery(
      MEANT
          + """
      SELECT id FROM meant WHERE distance = 1 ORDER BY created_at DESC, id LIMIT :limit
      """)
  List<String> named(String text, String afterName, int limit);

  /** Selects the runs that a {@link RunFilter} names. */
  String LISTED =
      """
      WHERE study IS NULL AND (:state = '' OR state = :state) AND position(:text IN id) > 0
      """;

  /** Whether a run accompanies another, or is one of those that chaos compares. */
  String COMPANION =
      """
      (beside IS NOT NULL OR id ~ ('^chaos-.+' || :afterName || '-(undisturbed|[0-9]+)$'))
      """;

  /**
   * The newest runs first.
   *
   * @param afterName {@link Runs#AFTER_NAME}
   */
  @SqlQuery(
      ROWS
          + LISTED
          + "AND (:companions OR NOT "
          + COMPANION
          + ") ORDER BY created_at DESC, id LIMIT :limit")
  @RegisterConstructorMapper(RunRow.class)
  List<RunRow> listed(@BindMethods RunFilter filter, String afterName, int limit);

  /**
   * How many companions a filter names.
   *
   * @param afterName {@link Runs#AFTER_NAME}
   */
  @SqlQuery(
      "SELECT count(*) AS runs, count(*) FILTER (WHERE finished_at IS NULL) AS open FROM run "
          + LISTED
          + "AND "
          + COMPANION)
  @RegisterConstructorMapper(Companions.class)
  Companions companions(@BindMethods RunFilter filter, String afterName);

  @SqlQuery(ROWS + "WHERE study = :study ORDER BY created_at, id")
  @RegisterConstructorMapper(RunRow.class)
  List<RunRow> members(String study);

  @SqlQuery("SELECT id, state, created_at FROM run WHERE study = :study ORDER BY created_at, id")
  @RegisterConstructorMapper(MemberRow.class)
  List<MemberRow> memberStates(String study);

  /** Of each sequence the run that was done first, see {@link RunHistory#doneElsewhere}. */
  @SqlQuery(
      """
      SELECT DISTINCT ON (sequence_digest) sequence_digest, id FROM run
      WHERE state = 'DONE' AND numeric_profile = :profile AND sequence_digest = ANY(:sequences)
        AND study <> :study AND starts_with(study, :start) AND length(study) = length(:study)
      ORDER BY sequence_digest, finished_at, id
      """)
  @RegisterConstructorMapper(Learned.class)
  List<Learned> doneElsewhere(String study, String start, String profile, String[] sequences);

  @SqlQuery("SELECT id FROM run WHERE beside = :run ORDER BY created_at, id")
  List<String> beside(String run);

  /** Other runs of the same profile with a phase under way, by when it was begun. */
  @SqlQuery(
      """
      SELECT other.id
      FROM run JOIN run other ON other.numeric_profile = run.numeric_profile
               JOIN phase p ON p.run = other.id
      WHERE run.id = :run AND other.id <> run.id AND other.state = 'RUNNING'
        AND p.committed_at IS NULL
      GROUP BY other.id ORDER BY min(p.started_at), other.id LIMIT :limit
      """)
  List<String> atWork(String run, int limit);

  @SqlQuery(
      """
      SELECT run, task, name, digest, dataset, dataset_digest, classes
      FROM task WHERE run = :run ORDER BY task
      """)
  @RegisterConstructorMapper(TaskRow.class)
  List<TaskRow> tasks(String run);

  /**
   * Not {@code FOR UPDATE}: the rows of runs forked from this one or beside it refer to it, and
   * writing them must not wait for this run's commits.
   */
  @SqlQuery(
      """
      SELECT outbox_next, audit_next, audit_head, clock_timestamp() AS now,
             finished_at IS NOT NULL AS ended
      FROM run WHERE id = :run FOR NO KEY UPDATE
      """)
  @RegisterConstructorMapper(Chains.class)
  Optional<Chains> lock(String run);

  @SqlQuery("SELECT audit_head FROM run WHERE id = :run")
  Optional<String> auditHead(String run);

  @SqlUpdate(
      """
      UPDATE run SET outbox_next = :outboxNext, audit_next = :auditNext, audit_head = :auditHead
      WHERE id = :run
      """)
  void advance(String run, long outboxNext, long auditNext, String auditHead);

  /** Sets the state of a run that has not ended; 0 if it has, or is in that state. */
  @SqlUpdate(
      """
      UPDATE run SET state = :state
      WHERE id = :run AND finished_at IS NULL AND state <> :state
      """)
  int changeState(String run, String state);

  @SqlQuery("SELECT clock_timestamp()")
  Instant now();

  /** Ends a run; 0 if it has ended. */
  @SqlUpdate(
      """
      UPDATE run SET state = :state, failure = :failure, finished_at = :at
      WHERE id = :run AND finished_at IS NULL
      """)
  int finish(String run, String state, String failure, Instant at);

  @SqlQuery("SELECT id FROM run WHERE finished_at IS NULL ORDER BY created_at DESC, id")
  List<String> open();

  @SqlQuery("SELECT id FROM run WHERE finished_at IS NOT NULL")
  Set<String> ended();

  @SqlQuery("SELECT id FROM run WHERE state = 'DONE'")
  Set<String> done();

  @SqlUpdate(
      "UPDATE run SET sequence_digest = :digest WHERE id = :run AND sequence_digest = :parent")
  int revise(String run, String parent, String digest);

  @SqlUpdate(
      """
      INSERT INTO data_set (digest, name, files, licence)
      VALUES (:digest, :name, :files, :licence) ON CONFLICT DO NOTHING
      """)
  void insertDataSet(@BindMethods DataSetRow row);

  @SqlUpdate(
      """
      INSERT INTO encoder (digest, name, alignment_digest, image_width, text_width)
      VALUES (:digest, :name, :alignmentDigest, :imageWidth, :textWidth) ON CONFLICT DO NOTHING
      """)
  void insertEncoder(@BindMethods EncoderRow row);

  @SqlQuery(
      """
      SELECT DISTINCT d.digest, d.name, d.files, d.licence
      FROM task t JOIN data_set d ON d.digest = t.dataset_digest
      WHERE t.run = :run ORDER BY d.name
      """)
  @RegisterConstructorMapper(DataSetRow.class)
  List<DataSetRow> dataSets(String run);

  @SqlQuery(
      """
      SELECT tasks, computed AS compute_seconds,
             greatest(0, extract(epoch FROM finished_at - created_at) - computed - encoded)
               AS other_seconds,
             bytes
      FROM (SELECT created_at, finished_at,
                   (SELECT count(*) FROM task WHERE task.run = run.id) AS tasks,
                   (SELECT coalesce(sum(compute_seconds), 0) FROM phase
                    WHERE phase.run = run.id AND phase <> 'ENCODE') AS computed,
                   (SELECT coalesce(sum(compute_seconds), 0) FROM phase
                    WHERE phase.run = run.id AND phase = 'ENCODE') AS encoded,
                   (SELECT coalesce(sum(a.bytes), 0)
                    FROM phase p JOIN lineage_edge e ON e.phase = p.id
                                 JOIN artifact a ON a.id = e.artifact
                    WHERE p.run = run.id AND p.phase <> 'ENCODE'
                      AND e.direction = 'produced') AS bytes
            FROM run
            WHERE state = 'DONE' AND strategy = :strategy AND settings = :settings
              AND numeric_profile = :profile AND forked_from IS NULL
              AND EXISTS (SELECT FROM task
                          WHERE task.run = run.id AND dataset_digest = ANY(:dataSets))
            ORDER BY finished_at DESC LIMIT 5) AS newest
      """)
  @RegisterConstructorMapper(PastRun.class)
  List<PastRun> pastRuns(String strategy, String settings, String profile, String[] dataSets);
}
