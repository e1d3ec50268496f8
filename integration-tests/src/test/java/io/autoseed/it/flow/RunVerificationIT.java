package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.audit.Difference;
import io.autoseed.activities.audit.RunVerification;
import io.autoseed.activities.audit.Verification;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.PhaseLedger;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.CommandProcess.Called;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.workflows.Phase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunVerificationIT {
  @TempDir private static Path folder;
  private static WorkerFleet workers;
  private static DurableRun durable;
  private static Catalog catalog;
  private static final Deque<String> RUNS = new ArrayDeque<>();
  private static final Map<String, ResolvedSequence> SEQUENCES = new HashMap<>();
  private static final int TESTS = 11;

  private String run;

  @BeforeAll
  static void startWorker() throws Exception {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
    catalog = StackConnections.catalog(TestStack.addresses());
    workers = new WorkerFleet(TestStack.addresses().home(), folder);
    workers.startReady();
    finishRuns();
  }

  /** Every test damages a run of its own, with features that no other run reads. */
  private static void finishRuns() throws Exception {
    int random = (int) System.nanoTime();
    for (int i = 0; i < TESTS; i++) {
      String run = DurableRun.unique("verify");
      ResolvedSequence sequence =
          SmallSequence.write(folder.resolve(run), random + i, "{name: slda}");
      durable.submit(Submission.of(run, sequence, "avx2", "test"));
      RUNS.add(run);
      SEQUENCES.put(run, sequence);
    }
    for (String run : RUNS) {
      durable.await(run);
    }
  }

  @AfterAll
  static void stopWorker() {
    workers.close();
    catalog.close();
    durable.close();
  }

  @BeforeEach
  void takeARun() {
    run = RUNS.remove();
  }

  private Verification verify(String which) {
    return new RunVerification(durable.store(), catalog).verify(which, (objects, of) -> {});
  }

  private StoredManifest last() {
    return durable.manifest(run, 2, Phase.PUBLISH);
  }

  private StoredObject state() {
    return last().manifest().object("statistics.safetensors");
  }

  private static String named(StoredObject object) {
    return object.key() + " version " + object.versionId();
  }

  private static void asOwner(String table, String sql) throws SQLException {
    StackAddresses stack = TestStack.addresses();
    try (Connection connection =
            DriverManager.getConnection(stack.jdbcUrl(), stack.ownerUser(), stack.ownerPassword());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER TABLE %1$s DISABLE TRIGGER append_only; %2$s; ALTER TABLE %1$s ENABLE TRIGGER append_only"
              .formatted(table, sql));
    }
  }

  @Test
  void aRunAndItsForkAreWholeAndNothingOfThemIsLeftUnread() throws Exception {
    String fork = DurableRun.unique("verify-fork");
    durable.submit(
        Submission.of(fork, SEQUENCES.get(run), "avx2", "test")
            .withFork(new Submission.Fork(run, 0)));
    durable.await(fork);

    Verification verification = verify(run);

    assertThat(verification.differences()).isEmpty();
    assertThat(verification.state()).isEqualTo("DONE");
    assertThat(verification.bytes()).isGreaterThan(state().bytes());
    assertThat(verification.objects())
        .isGreaterThan(durable.store().list("runs/" + run + "/manifests/").size());
    assertThat(verify(fork).differences()).isEmpty();
  }

  @Test
  void wrongBytesPutOverAnObjectOfTheLearnerStateAreNamed() {
    StoredObject wrong = durable.store().put(state().key(), new byte[] {1, 2, 3}, "statistics");

    assertThat(verify(run).differences())
        .singleElement()
        .satisfies(found -> assertThat(found.object()).isEqualTo(named(wrong)))
        .satisfies(found -> assertThat(found.found()).contains(wrong.sha256()));
  }

  @Test
  void wrongBytesPutOverSharedFeaturesAreNamed() {
    ArtifactReference features =
        durable.manifest(run, 1, Phase.ADAPT).manifest().envelope().consumed().stream()
            .filter(read -> read.kind().equals("features"))
            .findFirst()
            .orElseThrow();
    durable.store().put(features.uri(), new byte[] {1, 2, 3}, "features");

    assertThat(verify(run).differences())
        .singleElement()
        .satisfies(found -> assertThat(found.object()).isEqualTo(features.uri()))
        .satisfies(found -> assertThat(found.expected()).contains(features.version()));
  }

  @Test
  void aByteFlippedInTheStoresOwnFileIsNamed() throws IOException {
    flip(durable.store().get(state()));

    assertThat(verify(run).differences())
        .isNotEmpty()
        .extracting(Difference::object)
        .contains(named(state()));
  }

  /** Flips a byte in the middle of the bytes, wherever the store's volumes hold them. */
  private static void flip(byte[] content) throws IOException {
    int flipped = 0;
    Path stored = TestStack.addresses().home().resolve("seaweedfs");
    try (DirectoryStream<Path> volumes = Files.newDirectoryStream(stored, "*.dat")) {
      for (Path file : volumes) {
        byte[] bytes = Files.readAllBytes(file);
        for (int at = indexOf(bytes, content, 0);
            at >= 0;
            at = indexOf(bytes, content, at + content.length)) {
          try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at + content.length / 2);
            open.write(bytes[at + content.length / 2] ^ 1);
          }
          flipped++;
        }
      }
    }
    assertThat(flipped).as("places below %s that hold the object", stored).isPositive();
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int from) {
    for (int at = from; at <= bytes.length - wanted.length; at++) {
      if (bytes[at] == wanted[0]
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  @Test
  void aDeletedVersionIsNamed() {
    StoredObject state = state();
    durable.store().delete(state.key(), state.versionId());

    assertThat(verify(run).differences())
        .contains(new Difference(named(state), "SHA-256 " + state.sha256(), "no such version"));
  }

  @Test
  void aDeletedManifestIsNamed() {
    StoredObject manifest = durable.manifest(run, 1, Phase.SEED_UPDATE).stored();
    durable.store().delete(manifest.key(), manifest.versionId());

    assertThat(verify(run).differences())
        .contains(new Difference(manifest.key(), "a manifest", "none"));
  }

  @Test
  void aChangedRowOfTheCatalogIsNamed() throws SQLException {
    asOwner(
        "accuracy",
        "UPDATE accuracy SET value = 0.99 WHERE run = '"
            + run
            + "' AND setting = 'class-incremental' AND after_task = 2 AND on_task = 0");

    assertThat(verify(run).differences())
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.object())
                    .isEqualTo("catalog: accuracy class-incremental after 2 on 0 of run " + run))
        .satisfies(found -> assertThat(found.found()).isEqualTo("0.99"));
  }

  @Test
  void anAddedRowOfTheCatalogIsNamed() throws SQLException {
    asOwner(
        "metric",
        "INSERT INTO metric (run, task, phase, name, value) VALUES ('"
            + run
            + "', 2, 'PUBLISH', 'invented', 1)");

    assertThat(verify(run).differences())
        .containsExactly(
            new Difference("catalog: metric 2 PUBLISH invented of run " + run, "no row", "1.0"));
  }

  @Test
  void aChangedEntryOfTheAuditLogIsNamed() throws SQLException {
    asOwner(
        "audit_log",
        "UPDATE audit_log SET details = replace(details, 'ENCODE', 'REPLAY') WHERE number = 2 AND"
            + " run = '"
            + run
            + "'");

    assertThat(verify(run).differences())
        .extracting(Difference::object)
        .contains("audit/" + run + "/2");
  }

  @Test
  void anAttemptThatComputedSomethingElseIsNamed() {
    StoredManifest stands = durable.manifest(run, 0, Phase.ADAPT);
    Manifest.Outcome outcome = stands.manifest().outcome();
    Manifest other =
        new Manifest(
            new Manifest.Outcome(
                outcome.phase(),
                outcome.task(),
                outcome.objects(),
                new TreeMap<>(Map.of("loss", 0.125)),
                outcome.accuracy(),
                outcome.seeds(),
                outcome.parent()),
            stands.manifest().envelope());
    new PhaseLedger(catalog).differed(stands, other, stands.manifest().envelope().token(), 1);

    assertThat(verify(run).differences())
        .filteredOn(found -> found.object().equals(stands.stored().key()))
        .singleElement()
        .satisfies(found -> assertThat(found.found()).contains(other.outcomeDigest()));
  }

  @Test
  void theCommandNamesTheFirstDifferenceAndLoadsNoEngine() throws Exception {
    CommandProcess commands =
        new CommandProcess(
            Map.of("AUTOSEED_HOME", TestStack.addresses().home().toString()), folder);
    Called whole = commands.call(List.of("-Xlog:class+load:stderr"), "verify", run, "--json");
    assertThat(whole.exit()).as(whole.err()).isZero();
    assertThat(whole.json().get("differences")).isEmpty();
    assertThat(whole.json().get("objects").intValue()).isPositive();
    assertThat(whole.err())
        .contains("io.autoseed.activities.audit.RunVerification")
        .doesNotContain(" ai.djl.");

    durable.store().delete(state().key(), state().versionId());

    Called damaged = commands.call("verify", run);
    assertThat(damaged.exit()).isEqualTo(3);
    assertThat(damaged.out().lines())
        .singleElement()
        .asString()
        .contains(named(state()), "no such version");
    Called unknown = commands.call("verify", "no-such-run");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err().lines()).singleElement().asString().contains("autoseed runs");
  }
}
