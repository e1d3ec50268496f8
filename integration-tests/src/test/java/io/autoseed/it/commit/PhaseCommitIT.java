package io.autoseed.it.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.RunEndedException;
import io.autoseed.activities.catalog.StaleTokenException;
import io.autoseed.activities.commit.FaultPoint;
import io.autoseed.activities.commit.FaultPoint.Boundary;
import io.autoseed.activities.commit.PhaseAttempt;
import io.autoseed.activities.commit.PhaseCommit;
import io.autoseed.activities.commit.PhasePlan;
import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.commit.PhaseStart;
import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.activities.store.Digests;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.SeedChanges;
import io.autoseed.activities.store.SeedRow;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseCommitIT {
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

  private static final class Crash extends RuntimeException {}

  private PhaseCommit crashingAt(Boundary where) {
    return fixture.commit(
        boundary -> {
          if (boundary == where) {
            throw new Crash();
          }
        });
  }

  private List<String> phaseRows() throws Exception {
    return fixture.query(
        "SELECT phase, manifest_key, outcome_digest FROM phase WHERE committed_at IS NOT NULL AND"
            + " run = '"
            + run
            + "' ORDER BY id");
  }

  @Test
  void aCommittedPhaseIsInTheStoreAndInTheCatalog() throws Exception {
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    PhaseOutcome outcome =
        fixture
            .open(plan)
            .commit(
                CommitFixture.product("one", Map.of())
                    .withAccuracy(List.of(new AccuracyCell("class-incremental", 0, 0, 0.75)))
                    .withSeeds(
                        new SeedChanges(
                            List.of(new SeedRow("seed-1", 0, "coat", "adapter.safetensors", 0, 1)),
                            List.of())));

    StoredManifest manifest = fixture.manifests.read(outcome.manifest());
    assertThat(outcome.reused()).isFalse();
    assertThat(outcome.metrics()).containsExactly(Map.entry("loss", 0.25));
    assertThat(fixture.store.get(manifest.manifest().object("adapter.safetensors")))
        .isEqualTo(CommitFixture.bytes("one"));
    assertThat(phaseRows())
        .containsExactly(
            "ADAPT|"
                + Manifest.key(run, 0, Phase.ADAPT)
                + "|"
                + outcome.manifest().outcomeDigest());
    assertThat(fixture.query("SELECT value FROM accuracy WHERE run = '" + run + "'"))
        .containsExactly("0.75");
    assertThat(fixture.query("SELECT id, task_born FROM seed WHERE run = '" + run + "'"))
        .containsExactly("seed-1|0");
    assertThat(
            fixture.query(
                "SELECT kind FROM metric_outbox WHERE run = '" + run + "' ORDER BY number"))
        .containsExactly("RunStarted", "PhaseCommitted");
  }

  @Test
  void aFinishedPhaseIsNotPerformedAgain() {
    PhaseOutcome first = fixture.perform(run, 0, Phase.ADAPT, null, "one");

    PhaseStart again =
        fixture.commit(FaultPoint.NONE).begin(CommitFixture.plan(run, 0, Phase.ADAPT, null));

    assertThat(again)
        .isInstanceOfSatisfying(
            PhaseStart.Finished.class, finished -> assertThat(finished.outcome()).isEqualTo(first));
  }

  @ParameterizedTest
  @EnumSource(Boundary.class)
  void anAttemptThatDiesAnywhereIsCompletedByTheNext(Boundary where) throws Exception {
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    PhaseCommit dying = crashingAt(where);
    assertThatThrownBy(
            () -> {
              PhaseAttempt attempt = CommitFixture.open(dying, plan);
              attempt.checkpoints().save(1, state(1), 0.5);
              attempt.commit(CommitFixture.product("one", Map.of()));
            })
        .isInstanceOf(Crash.class);

    PhaseStart next = fixture.commit(FaultPoint.NONE).begin(plan);
    PhaseOutcome outcome =
        next instanceof PhaseStart.Open open
            ? open.attempt().commit(CommitFixture.product("one", Map.of()))
            : ((PhaseStart.Finished) next).outcome();

    PhaseOutcome undisturbed =
        fixture.perform(fixture.run(Reuse.ENCODE), 0, Phase.ADAPT, null, "one");
    assertThat(outcome.manifest().outcomeDigest())
        .isEqualTo(undisturbed.manifest().outcomeDigest());
    assertThat(outcome.reused()).isFalse();
    assertThat(phaseRows()).hasSize(1);
    assertThat(fixture.store.listVersions(Manifest.key(run, 0, Phase.ADAPT))).hasSize(1);
    assertThat(fixture.store.listVersions("runs/" + run + "/checkpoints/")).isEmpty();
    assertThat(
            fixture.query(
                "SELECT kind FROM metric_outbox WHERE run = '" + run + "' ORDER BY number"))
        .containsExactly("RunStarted", "PhaseCommitted");
    assertThat(
            fixture.query("SELECT event FROM audit_log WHERE run = '" + run + "' ORDER BY number"))
        .containsExactly("run-submitted", "phase-committed");
  }

  @ParameterizedTest
  @EnumSource(
      value = Boundary.class,
      names = {"BEFORE_OBJECT", "AFTER_OBJECT"})
  void anAttemptThatDiesBetweenItsObjectsIsRepeatedInFull(Boundary where) {
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    AtomicInteger passed = new AtomicInteger();
    PhaseAttempt dying =
        CommitFixture.open(
            fixture.commit(
                boundary -> {
                  if (boundary == where && passed.incrementAndGet() == 2) {
                    throw new Crash();
                  }
                }),
            plan);
    assertThatThrownBy(() -> dying.commit(twoObjects())).isInstanceOf(Crash.class);

    PhaseOutcome outcome = fixture.open(plan).commit(twoObjects());

    Manifest manifest = fixture.manifests.read(outcome.manifest()).manifest();
    assertThat(manifest.objects()).containsOnlyKeys("adapter.safetensors", "keys.safetensors");
    manifest.objects().values().forEach(fixture.store::get);
    // Objects are put side by side: which of the two the first attempt left is not fixed.
    int left = where == Boundary.BEFORE_OBJECT ? 1 : 2;
    assertThat(versions("adapter.safetensors") + versions("keys.safetensors")).isEqualTo(left + 2);
  }

  private int versions(String name) {
    return fixture.store.listVersions("runs/" + run + "/" + name).size();
  }

  private static PhaseProduct twoObjects() {
    return PhaseProduct.of(
        Map.of(
            "adapter.safetensors", CommitFixture.bytes("one"),
            "keys.safetensors", CommitFixture.bytes("two")),
        Map.of(),
        Map.of("loss", 0.25),
        1.5);
  }

  @Test
  void checkpointsOfAttemptsThatDiedAroundASaveAreAllGoneAfterTheCommit() {
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    for (int step = 1; step <= 4; step++) {
      // Each dies right after its put, before it has deleted what is older.
      fixture.open(plan).checkpoints().save(step, state(step), 0.5);
    }
    PhaseAttempt last = fixture.open(plan);
    assertThat(last.checkpoints().latest().orElseThrow().step()).isEqualTo(4);

    last.commit(CommitFixture.product("one", Map.of()));

    assertThat(fixture.store.listVersions("runs/" + run + "/checkpoints/")).isEmpty();
  }

  private static TensorBundle state(int value) {
    return TensorBundle.of(Map.of("x", Tensor.of(new float[] {value}, 1)));
  }

  @Test
  void racingAttemptsLeaveOneManifestAndOneSetOfRows() throws Exception {
    int racers = 6;
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    List<PhaseAttempt> attempts =
        java.util.stream.IntStream.range(0, racers).mapToObj(i -> fixture.open(plan)).toList();
    CyclicBarrier start = new CyclicBarrier(racers);
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    try {
      List<Future<String>> results =
          attempts.stream()
              .map(
                  attempt ->
                      threads.submit(
                          () -> {
                            start.await();
                            try {
                              return attempt
                                  .commit(CommitFixture.product("one", Map.of()))
                                  .manifest()
                                  .versionId();
                            } catch (StaleTokenException e) {
                              return "overtaken";
                            }
                          }))
              .toList();
      List<String> versions = new java.util.ArrayList<>();
      for (Future<String> result : results) {
        versions.add(result.get());
      }
      assertThat(versions.subList(0, racers - 1)).containsOnly("overtaken");
      assertThat(fixture.store.listVersions(Manifest.key(run, 0, Phase.ADAPT)))
          .singleElement()
          .satisfies(only -> assertThat(only.versionId()).isEqualTo(versions.get(racers - 1)));
    } finally {
      threads.shutdownNow();
    }
    assertThat(phaseRows()).hasSize(1);
    assertThat(fixture.query("SELECT count(*) FROM metric WHERE run = '" + run + "'"))
        .containsExactly("1");
  }

  @Test
  void aZombieThatCommitsFirstIsWrittenDownByItsSuccessor() throws Exception {
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    PhaseAttempt zombie = fixture.open(plan);
    PhaseAttempt successor = fixture.open(plan);

    assertThatThrownBy(() -> zombie.commit(CommitFixture.product("one", Map.of())))
        .isInstanceOf(StaleTokenException.class);
    assertThat(phaseRows()).isEmpty();
    PhaseOutcome outcome = successor.commit(CommitFixture.product("one", Map.of()));

    assertThat(fixture.manifests.read(outcome.manifest()).manifest().envelope().token())
        .isEqualTo(zombie.token());
    assertThat(phaseRows()).hasSize(1);
    assertThat(
            fixture.query(
                "SELECT result FROM phase_attempt_end e JOIN phase_attempt a USING (token) JOIN"
                    + " phase p ON p.id = a.phase WHERE run = '"
                    + run
                    + "'"))
        .containsExactly("adopted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two"})
  void aZombieThatWakesAfterItsSuccessorCommittedChangesNothing(String itsContent)
      throws Exception {
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    PhaseAttempt zombie = fixture.open(plan);
    PhaseAttempt successor = fixture.open(plan);
    PhaseOutcome outcome = successor.commit(CommitFixture.product("one", Map.of()));
    List<String> rows = phaseRows();
    List<String> told = outboxRows();

    assertThatThrownBy(() -> zombie.commit(CommitFixture.product(itsContent, Map.of())))
        .isInstanceOf(StaleTokenException.class);

    assertThat(phaseRows()).isEqualTo(rows);
    assertThat(outboxRows()).isEqualTo(told);
    assertThat(fixture.store.listVersions(Manifest.key(run, 0, Phase.ADAPT)))
        .singleElement()
        .satisfies(only -> assertThat(only.versionId()).isEqualTo(outcome.manifest().versionId()));
    String named =
        fixture
            .manifests
            .read(outcome.manifest())
            .manifest()
            .object("adapter.safetensors")
            .versionId();
    assertThat(fixture.store.listVersions("runs/" + run + "/adapter.safetensors"))
        .as("the zombie's version is there, and nothing names it")
        .hasSize(2)
        .filteredOn(version -> version.versionId().equals(named))
        .hasSize(1);
    assertThat(
            fixture.query("SELECT count(*) FROM artifact WHERE uri LIKE 'runs/" + run + "/ada%'"))
        .containsExactly("1");
  }

  @Test
  void aZombieThatWakesAfterItsRunWasCancelledCommitsNothing() throws Exception {
    PhaseAttempt zombie = fixture.open(CommitFixture.plan(run, 0, Phase.ADAPT, null));
    cancelRun();

    assertThatThrownBy(() -> zombie.commit(CommitFixture.product("one", Map.of())))
        .isInstanceOf(RunEndedException.class);

    assertThat(fixture.store.listVersions(Manifest.key(run, 0, Phase.ADAPT))).isEmpty();
    requireThatTheRunEndedWithItsCancellation();
  }

  @ParameterizedTest
  @EnumSource(
      value = Boundary.class,
      names = {"BEFORE_MANIFEST", "AFTER_MANIFEST", "BEFORE_ROWS"})
  void aZombieWhoseRunIsCancelledAroundItsManifestWritesNothingDown(Boundary where)
      throws Exception {
    PhaseCommit slow =
        fixture.commit(
            boundary -> {
              if (boundary == where) {
                cancelRun();
              }
            });
    PhaseAttempt zombie = CommitFixture.open(slow, CommitFixture.plan(run, 0, Phase.ADAPT, null));

    assertThatThrownBy(() -> zombie.commit(CommitFixture.product("one", Map.of())))
        .isInstanceOf(RunEndedException.class);

    requireThatTheRunEndedWithItsCancellation();
  }

  private void cancelRun() {
    fixture.runs.finish(run, RunState.CANCELLED, "test", new TreeMap<>(), Optional.empty());
  }

  private void requireThatTheRunEndedWithItsCancellation() throws Exception {
    assertThat(phaseRows()).isEmpty();
    assertThat(
            fixture.query(
                "SELECT kind FROM metric_outbox WHERE run = '" + run + "' ORDER BY number"))
        .containsExactly("RunStarted", "RunFinished");
    assertThat(
            fixture.query("SELECT event FROM audit_log WHERE run = '" + run + "' ORDER BY number"))
        .containsExactly("run-submitted", "run-finished");
  }

  private List<String> outboxRows() throws Exception {
    return fixture.query(
        "SELECT number, kind, payload FROM metric_outbox WHERE run = '"
            + run
            + "' ORDER BY number");
  }

  @Test
  void aDifferentOutcomeIsRecordedAndDoesNotCount() throws Exception {
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    PhaseAttempt zombie = fixture.open(plan);
    PhaseAttempt successor = fixture.open(plan);
    assertThatThrownBy(() -> zombie.commit(CommitFixture.product("one", Map.of())))
        .isInstanceOf(StaleTokenException.class);

    PhaseOutcome outcome = successor.commit(CommitFixture.product("two", Map.of()));

    assertThat(
            fixture.store.get(
                fixture
                    .manifests
                    .read(outcome.manifest())
                    .manifest()
                    .object("adapter.safetensors")))
        .isEqualTo(CommitFixture.bytes("one"));
    assertThat(
            fixture.query(
                "SELECT details FROM audit_log WHERE event = 'nondeterminism' AND run = '"
                    + run
                    + "'"))
        .singleElement()
        .asString()
        .contains("\"committedProfile\":\"" + CommitFixture.PROFILE + "\"")
        .contains("\"lostProfile\":\"" + CommitFixture.PROFILE + "\"")
        .contains(outcome.manifest().outcomeDigest());
  }

  @Test
  void encodeIsAdoptedFromAnotherRunAndSaysSo() {
    String key = Digests.sha256(CommitFixture.bytes("encode " + run));
    PhasePlan first = CommitFixture.plan(run, 0, Phase.ENCODE, null, key, Reuse.ENCODE);
    fixture.open(first).commit(CommitFixture.product("features", Map.of()));
    String other = fixture.run(Reuse.ENCODE);

    PhaseStart start =
        fixture
            .commit(FaultPoint.NONE)
            .begin(CommitFixture.plan(other, 0, Phase.ENCODE, null, key, Reuse.ENCODE));

    assertThat(start)
        .isInstanceOfSatisfying(
            PhaseStart.Finished.class,
            finished -> {
              assertThat(finished.outcome().reused()).isTrue();
              assertThat(finished.manifest().manifest().envelope().reusedFrom())
                  .isEqualTo(Manifest.key(run, 0, Phase.ENCODE));
              assertThat(
                      fixture.store.get(
                          finished.manifest().manifest().object("adapter.safetensors")))
                  .isEqualTo(CommitFixture.bytes("features"));
            });
  }

  @Test
  void otherPhasesAreNotAdoptedFromAnotherRunUnlessAsked() {
    String key = Digests.sha256(CommitFixture.bytes("adapt " + run));
    fixture
        .open(CommitFixture.plan(run, 0, Phase.ADAPT, null, key, Reuse.ENCODE))
        .commit(CommitFixture.product("one", Map.of()));
    String other = fixture.run(Reuse.ENCODE);
    PhaseCommit commit = fixture.commit(FaultPoint.NONE);

    assertThat(commit.begin(CommitFixture.plan(other, 0, Phase.ADAPT, null, key, Reuse.ENCODE)))
        .isInstanceOf(PhaseStart.Open.class);
    assertThat(commit.begin(CommitFixture.plan(other, 0, Phase.ADAPT, null, key, Reuse.ALL)))
        .isInstanceOf(PhaseStart.Finished.class);
  }

  @Test
  void whatAPhaseRemovedStaysRemovedWhereItsResultIsAdopted() {
    PhaseOutcome input = fixture.perform(run, 0, Phase.ADAPT, null, "one");
    StoredObject dropped =
        fixture.manifests.read(input.manifest()).manifest().object("adapter.safetensors");
    Map<String, StoredObject> carried = Map.of("task-adapter.safetensors", dropped);
    String key = Digests.sha256(CommitFixture.bytes("seed update " + run));
    fixture.open(plan(run, input, key, carried)).commit(CommitFixture.product("two", Map.of()));
    String other = fixture.run(Reuse.ALL);

    PhaseStart start = fixture.commit(FaultPoint.NONE).begin(plan(other, input, key, carried));

    assertThat(start)
        .isInstanceOfSatisfying(
            PhaseStart.Finished.class,
            adopted ->
                assertThat(adopted.manifest().manifest().outcome().objects())
                    .containsOnlyKeys("adapter.safetensors"));
  }

  private static PhasePlan plan(
      String run, PhaseOutcome input, String key, Map<String, StoredObject> carried) {
    PhasePlan plan =
        CommitFixture.plan(run, 0, Phase.SEED_UPDATE, input.manifest(), key, Reuse.ALL);
    return new PhasePlan(plan.request(), plan.taskDigest(), key, carried, Reuse.ALL);
  }

  @Test
  void anOvertakenAttemptThatGivesWayLeavesNoCheckpoint() {
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    PhaseAttempt overtaken = fixture.open(plan);
    PhaseAttempt successor = fixture.open(plan);
    overtaken.checkpoints().save(1, state(1), 0.5);
    overtaken.giveWay();
    assertThat(fixture.store.list("runs/" + run + "/checkpoints/")).as("not finished").hasSize(1);
    successor.commit(CommitFixture.product("one", Map.of()));

    overtaken.checkpoints().save(2, state(2), 1);
    overtaken.giveWay();

    assertThat(fixture.store.listVersions("runs/" + run + "/checkpoints/")).isEmpty();
  }

  @Test
  void anUnchangedObjectIsNotStoredAgain() {
    PhaseOutcome first = fixture.perform(run, 0, Phase.ADAPT, null, "one");

    PhaseOutcome second = fixture.perform(run, 0, Phase.SEED_UPDATE, first.manifest(), "one");

    assertThat(fixture.store.listVersions("runs/" + run + "/adapter.safetensors")).hasSize(1);
    assertThat(fixture.manifests.read(second.manifest()).manifest().envelope().produced())
        .isEmpty();
  }
}
