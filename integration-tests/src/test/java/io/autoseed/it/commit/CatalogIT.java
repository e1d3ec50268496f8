package io.autoseed.it.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.AuditLog;
import io.autoseed.activities.catalog.AuditVerification;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.CatalogAddress;
import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.CatalogRefusedException;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.RunFilter;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.catalog.SubmittedRun;
import io.autoseed.activities.commit.AuditAnchors;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.Retention;
import io.autoseed.activities.store.StoreException;
import io.autoseed.migrations.CatalogMigration;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogIT {
  @TempDir Path folder;
  private CommitFixture fixture;
  private String run;

  @BeforeEach
  void open() {
    fixture = new CommitFixture(folder);
    run = fixture.run(Reuse.ENCODE);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void execute(CatalogAddress as, String sql) throws SQLException {
    try (Connection connection = fixture.connect(as.user(), as.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static final String APPEND_ONLY =
      "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
          + " WHERE t.tgname = 'append_only' ORDER BY 1";

  @Test
  void theApplicationMayNeitherChangeNorDropARowOfAnAppendOnlyTable() throws SQLException {
    List<String> tables = fixture.query(APPEND_ONLY);
    assertThat(tables).contains("audit_log", "artifact", "lineage_edge", "phase_attempt");
    for (String table : tables) {
      for (String change :
          List.of(
              "DELETE FROM " + table,
              "TRUNCATE " + table + " CASCADE",
              "ALTER TABLE " + table + " DISABLE TRIGGER ALL")) {
        assertThatThrownBy(() -> execute(fixture.backends.app(), change))
            .as(change)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_log SET event = 'x'",
        "UPDATE accuracy SET value = 1",
        "UPDATE run SET random_seed = 1",
        "UPDATE phase SET run = 'x'",
        "DELETE FROM run",
        "DELETE FROM seed",
        "INSERT INTO token_epoch (epoch, reason) VALUES (2, 'x')"
      })
  void theApplicationHasNoRightToWhatItNeverDoes(String sql) {
    assertThatThrownBy(() -> execute(fixture.backends.app(), sql))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_log SET event = 'x'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "DELETE FROM task",
        "UPDATE artifact SET bytes = 0"
      })
  void evenTheOwnerIsRefusedByTheTriggers(String sql) {
    fixture.perform(run, 0, Phase.ADAPT, null, "one");

    assertThatThrownBy(() -> execute(fixture.backends.owner(), sql))
        .hasMessageContaining("is append-only");
  }

  @Test
  void aChainThatNobodyTouchedIsWholeAndAChangedRowIsFound() throws SQLException {
    AuditLog log = new AuditLog(fixture.catalog);
    fixture.perform(run, 0, Phase.ADAPT, null, "one");
    assertThat(log.verify(run).isWhole()).isTrue();
    assertThat(log.entries(run)).hasSize(2);

    execute(
        fixture.backends.owner(),
        "ALTER TABLE audit_log DISABLE TRIGGER append_only; UPDATE audit_log SET details ="
            + " replace(details, 'ADAPT', 'REPLAY') WHERE number = 1 AND run = '"
            + run
            + "'; ALTER TABLE audit_log ENABLE TRIGGER append_only");

    AuditVerification verification = log.verify(run);
    assertThat(verification.isWhole()).isFalse();
    assertThat(verification.object()).isEqualTo("audit/" + run + "/1");
  }

  @Test
  void aForgedChainIsFoundByItsAnchor() throws SQLException {
    AuditAnchors anchors =
        new AuditAnchors(
            fixture.store,
            fixture.catalog,
            new Retention(Retention.Mode.GOVERNANCE, Duration.ofHours(1)));
    ManifestReference last = fixture.perform(run, 0, Phase.ADAPT, null, "one").manifest();
    fixture.runs.finish(
        run, RunState.DONE, null, new TreeMap<>(), Optional.of(fixture.manifests.read(last)));
    anchors.anchor(run, 0);
    anchors.anchor(run, 0);
    assertThat(anchors.verify(run).isWhole()).isTrue();
    ListedObject anchor =
        assertThat(fixture.store.listVersions("audit/" + run + "/")).singleElement().actual();
    assertThatThrownBy(() -> fixture.store.delete(anchor.key(), anchor.versionId()))
        .isInstanceOf(StoreException.class);

    execute(
        fixture.backends.owner(),
        "ALTER TABLE audit_log DISABLE TRIGGER append_only; DELETE FROM audit_log WHERE number = 2"
            + " AND run = '"
            + run
            + "'; ALTER TABLE audit_log ENABLE TRIGGER append_only; UPDATE run SET audit_next = 2,"
            + " audit_head = (SELECT hash FROM audit_log WHERE number = 1 AND run = '"
            + run
            + "') WHERE id = '"
            + run
            + "'");

    assertThat(new AuditLog(fixture.catalog).verify(run).isWhole()).isTrue();
    assertThat(anchors.verify(run).object()).isEqualTo("audit/" + run + "/3.json");
  }

  @Test
  void aNameComesBeforeTheStartOfOthersAndMeansNothingOnceItWasUsedTwice() {
    RunHistory history = new RunHistory(fixture.catalog);
    String name = "named-" + UUID.randomUUID();
    String first = SubmittedRun.in(fixture.catalog, name + "-20261122-100000-00aa", null);
    String longer = SubmittedRun.in(fixture.catalog, name + "-two-20261122-100001-00aa", null);
    SubmittedRun.in(fixture.catalog, first + "-slda", first);

    assertThat(history.id(name)).contains(first);
    assertThat(history.id(name + "-t")).contains(longer);
    assertThat(history.id(first)).contains(first);
    assertThat(history.named(name)).containsExactly(first);

    String second = SubmittedRun.in(fixture.catalog, name + "-20261122-100002-00aa", null);
    assertThat(history.named(name)).containsExactly(second, first);
    assertThatThrownBy(() -> history.id(name))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("the newest first: " + second + ", " + first + ": give more");
  }

  @Test
  void baselinesAndRunsOfChaosAreCountedAndListedIfTheyAreAskedFor() {
    RunHistory history = new RunHistory(fixture.catalog);
    String name = "listed-" + UUID.randomUUID();
    String plain = SubmittedRun.in(fixture.catalog, name + "-20261122-100000-00aa", null);
    String baseline = SubmittedRun.in(fixture.catalog, plain + "-slda", plain);
    String chaos = "chaos-" + name + "-20261122-100001-00aa";
    String own = SubmittedRun.in(fixture.catalog, chaos, null);
    String alone = SubmittedRun.in(fixture.catalog, chaos + "-undisturbed", null);
    String struck = SubmittedRun.in(fixture.catalog, chaos + "-1", null);
    RunFilter of = new RunFilter("", name, false);

    assertThat(listed(history, of)).containsExactly(own, plain);
    assertThat(listed(history, new RunFilter("", name, true)))
        .containsExactly(struck, alone, own, baseline, plain);
    assertThat(history.companions(of)).isEqualTo(new RunHistory.Companions(3, 3));

    fixture.runs.finish(baseline, RunState.FAILED, "x", new TreeMap<>(), Optional.empty());
    assertThat(history.companions(of)).isEqualTo(new RunHistory.Companions(3, 2));
    assertThat(history.open()).containsSubsequence(struck, plain).doesNotContain(baseline);
    assertThat(listed(history, new RunFilter("FAILED", name, true))).containsExactly(baseline);
    assertThat(listed(history, new RunFilter("FAILED", name, false))).isEmpty();
  }

  private static List<String> listed(RunHistory history, RunFilter filter) {
    return history.listed(filter, 10).stream().map(RunRow::id).toList();
  }

  @Test
  void migratingAgainValidatesAndChangesNothing() throws SQLException {
    CatalogAddress owner = fixture.backends.owner();
    List<String> before = fixture.query("SELECT count(*) FROM pg_class");

    CatalogMigration.migrate(owner.jdbcUrl(), owner.user(), owner.password());
    CatalogMigration.validate(owner.jdbcUrl(), owner.user(), owner.password());

    assertThat(fixture.query("SELECT count(*) FROM pg_class")).isEqualTo(before);
  }

  @Test
  void aWrongPasswordIsRefusedAndNotTakenForAnOutage() {
    CatalogAddress app = fixture.backends.app();
    try (Catalog stranger = new Catalog(new CatalogAddress(app.jdbcUrl(), app.user(), "wrong"))) {
      assertThatThrownBy(() -> new Runs(stranger).ended())
          .isInstanceOf(CatalogRefusedException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void aCatalogThatIsAwayIsReportedWithinSeconds() {
    CatalogAddress nowhere =
        new CatalogAddress("jdbc:postgresql://127.0.0.1:1/none", "autoseed_app", "secret");
    long before = System.nanoTime();
    try (Catalog away = new Catalog(nowhere)) {
      assertThatThrownBy(() -> new Runs(away).ended())
          .isExactlyInstanceOf(CatalogException.class)
          .hasMessageContaining("127.0.0.1:1")
          .hasMessageNotContaining("secret");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
  }
}
