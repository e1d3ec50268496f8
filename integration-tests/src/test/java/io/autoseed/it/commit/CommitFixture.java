package io.autoseed.it.commit;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.activities.catalog.NewRun;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.catalog.Workplace;
import io.autoseed.activities.commit.FaultPoint;
import io.autoseed.activities.commit.PhaseAttempt;
import io.autoseed.activities.commit.PhaseCommit;
import io.autoseed.activities.commit.PhasePlan;
import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.commit.PhaseStart;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Digests;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.migrations.CatalogMigration;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A run of two tasks in the real store and catalog, with a name of its own. */
final class CommitFixture implements AutoCloseable {
  static final String PROFILE = "avx2/test";

  final Backends backends;
  final ArtifactStore store;
  final Catalog catalog;
  final Runs runs;
  final ObjectCache cache;
  final Manifests manifests;

  CommitFixture(Path folder) {
    this(folder, Backends.running());
  }

  CommitFixture(Path folder, Backends backends) {
    this.backends = backends;
    store = new ArtifactStore(backends.store());
    catalog = new Catalog(backends.app());
    runs = new Runs(catalog);
    CatalogMigration.migrate(
        backends.owner().jdbcUrl(), backends.owner().user(), backends.owner().password());
    cache = new ObjectCache(folder, 1 << 20);
    manifests = new Manifests(store, cache);
  }

  /** Submits a fresh run. */
  String run(Reuse reuse) {
    String run = "it-" + UUID.randomUUID();
    List<TaskDocument> tasks = List.of(task("first", 0), task("second", 1));
    runs.submit(
        new NewRun(
            run,
            new SequenceDocument(
                "commit-it",
                "builtin",
                "none",
                1,
                new TreeMap<>(Map.of("rate", 0.5)),
                7,
                new EvaluationRows(EvaluationRows.Kind.ALL, 0),
                null,
                tasks.stream().map(CanonicalJson::digest).toList(),
                null),
            tasks,
            List.of(new DataSetRow("d".repeat(64), "letters", 2, "CC0")),
            "test",
            PROFILE,
            reuse,
            null,
            null,
            null,
            null,
            false));
    return run;
  }

  static TaskDocument task(String name, int number) {
    return new TaskDocument(
        name,
        "letters",
        "d".repeat(64),
        false,
        List.of(
            new TaskDocument.ClassDocument(
                name + "-class", number, List.of("a photo"), List.of(), List.of())));
  }

  PhaseCommit commit(FaultPoint faults) {
    return new PhaseCommit(
        store, cache, catalog, new Workplace("test-host", "test", PROFILE), faults);
  }

  static PhasePlan plan(String run, int task, Phase phase, ManifestReference input) {
    return plan(run, task, phase, input, Digests.sha256(bytes(run + task + phase)), Reuse.ENCODE);
  }

  static PhasePlan plan(
      String run, int task, Phase phase, ManifestReference input, String key, Reuse reuse) {
    return new PhasePlan(
        new PhaseRequest(run, "s".repeat(64), task, phase, input),
        CanonicalJson.digest(task(task == 0 ? "first" : "second", task)),
        key,
        Map.of(),
        reuse);
  }

  /** Begins a phase that must be open. */
  PhaseAttempt open(PhasePlan plan) {
    return open(commit(FaultPoint.NONE), plan);
  }

  static PhaseAttempt open(PhaseCommit commit, PhasePlan plan) {
    if (commit.begin(plan) instanceof PhaseStart.Open open) {
      return open.attempt();
    }
    throw new AssertionError("expected " + plan.request() + " to be open");
  }

  /** Commits a phase with one object. */
  PhaseOutcome perform(String run, int task, Phase phase, ManifestReference input, String content) {
    return open(plan(run, task, phase, input)).commit(product(content, Map.of()));
  }

  static PhaseProduct product(String content, Map<String, StoredObject> placed) {
    return PhaseProduct.of(
        Map.of("adapter.safetensors", bytes(content)), placed, Map.of("loss", 0.25), 1.5);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Rows of a query as the application's role, columns joined by a bar. */
  List<String> query(String sql) throws SQLException {
    try (Connection connection = connect(backends.app().user(), backends.app().password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.add(rows.getString(i));
        }
        found.add(String.join("|", columns));
      }
      return found;
    }
  }

  Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(backends.app().jdbcUrl(), user, password);
  }

  @Override
  public void close() {
    catalog.close();
    store.close();
  }
}
