package io.autoseed.it.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.commit.AuditAnchors;
import io.autoseed.activities.commit.FaultPoint.Boundary;
import io.autoseed.activities.commit.PhaseAttempt;
import io.autoseed.activities.commit.PhasePlan;
import io.autoseed.activities.retention.Garbage;
import io.autoseed.activities.retention.Garbage.Reason;
import io.autoseed.activities.retention.GarbageRemoval;
import io.autoseed.activities.retention.GarbageRemoval.Removed;
import io.autoseed.activities.retention.GarbageSearch;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Digests;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.Retention;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.infra.stack.ObjectStoreKind;
import io.autoseed.it.OwnObjectStore;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gc} may remove, on a store of its own: a search reads all that a store holds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GarbageCollection {
  private static final Retention AN_HOUR =
      new Retention(Retention.Mode.GOVERNANCE, Duration.ofHours(1));

  private OwnObjectStore objects;
  private CommitFixture fixture;
  private String run;

  /** The server that is tried. */
  abstract ObjectStoreKind kind();

  @BeforeAll
  void start() {
    objects = OwnObjectStore.start(kind());
  }

  @AfterAll
  void stop() {
    if (objects != null) {
      objects.close();
    }
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    fixture = new CommitFixture(folder, Backends.withStore(objects.addresses()));
    run = fixture.run(Reuse.ENCODE);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static final class Crash extends RuntimeException {}

  /** Of this test's run alone. */
  private List<Garbage> garbage(Instant before) {
    return new GarbageSearch(fixture.store, fixture.catalog)
        .find(before, (read, of) -> {}).stream()
            .filter(piece -> piece.key().startsWith("runs/" + run + "/"))
            .toList();
  }

  /** Whatever its age. */
  private List<Garbage> garbage() {
    return garbage(Instant.now().plusSeconds(60));
  }

  private Removed remove(List<Garbage> garbage) {
    return new GarbageRemoval(fixture.store).remove(garbage, piece -> {});
  }

  private void finish(String which) {
    fixture.runs.finish(which, RunState.DONE, null, new TreeMap<>(), Optional.empty());
  }

  private StoredObject adapter(PhaseOutcome outcome) {
    return fixture.manifests.read(outcome.manifest()).manifest().object("adapter.safetensors");
  }

  @Test
  void whatAnAttemptLeftThatDiedIsRemovedAndWhatAManifestNamesStays() {
    StoredObject named = adapter(fixture.perform(run, 0, Phase.ADAPT, null, "one"));
    StoredObject orphan = fixture.store.put(named.key(), CommitFixture.bytes("orphan"), "adapter");
    finish(run);

    assertThat(garbage())
        .containsExactly(
            new Garbage(orphan.key(), orphan.versionId(), orphan.bytes(), Reason.ORPHAN));
    assertThat(remove(garbage())).isEqualTo(new Removed(1, orphan.bytes(), 0));

    assertThat(garbage()).isEmpty();
    assertThat(fixture.store.get(named)).isEqualTo(CommitFixture.bytes("one"));
    assertThat(fixture.store.measure(orphan.key(), orphan.versionId())).isEmpty();
  }

  @Test
  void whatIsYoungerThanAskedForStays() {
    fixture.store.put("runs/" + run + "/adapter.safetensors", new byte[] {1}, "adapter");
    finish(run);

    assertThat(garbage(Instant.now().minus(Duration.ofDays(1)))).isEmpty();
    assertThat(garbage()).hasSize(1);
  }

  @Test
  void aPutInFlightStaysHoweverLongItsAttemptSleeps() {
    PhaseOutcome before = fixture.perform(run, 0, Phase.REPLAY, null, "zero");
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, before.manifest());
    PhaseAttempt sleeping =
        CommitFixture.open(
            fixture.commit(
                boundary -> {
                  if (boundary == Boundary.AFTER_OBJECT) {
                    throw new Crash();
                  }
                }),
            plan);
    assertThatThrownBy(() -> sleeping.commit(CommitFixture.product("one", Map.of())))
        .isInstanceOf(Crash.class);
    assertThat(fixture.store.listVersions("runs/" + run + "/adapter.safetensors")).hasSize(2);

    assertThat(garbage()).isEmpty();

    PhaseOutcome after = fixture.open(plan).commit(CommitFixture.product("one", Map.of()));
    finish(run); // what is as new as the newest manifest stays until then, by a clock of seconds
    assertThat(garbage())
        .singleElement()
        .satisfies(
            piece -> {
              assertThat(piece.reason()).isEqualTo(Reason.ORPHAN);
              assertThat(piece.versionId()).isNotEqualTo(adapter(after).versionId());
            });
  }

  @Test
  void aSearchAtAnyMomentOfACommitFindsNothing() {
    PhaseOutcome before = fixture.perform(run, 0, Phase.REPLAY, null, "zero");
    Map<Boundary, List<Garbage>> found = Collections.synchronizedMap(new EnumMap<>(Boundary.class));

    CommitFixture.open(
            fixture.commit(boundary -> found.put(boundary, garbage())),
            CommitFixture.plan(run, 0, Phase.ADAPT, before.manifest()))
        .commit(CommitFixture.product("one", Map.of()));

    assertThat(found)
        .containsKeys(
            Boundary.AFTER_OBJECT,
            Boundary.BEFORE_MANIFEST,
            Boundary.AFTER_MANIFEST,
            Boundary.AFTER_ROWS)
        .allSatisfy((boundary, garbage) -> assertThat(garbage).as(boundary.name()).isEmpty());
  }

  @Test
  void whatAnotherRunNamesStays() {
    StoredObject shared =
        fixture.store.put("runs/" + run + "/shared.bin", new byte[] {1, 2}, "shared");
    finish(run);
    assertThat(garbage()).hasSize(1);

    fixture
        .open(CommitFixture.plan(fixture.run(Reuse.ENCODE), 0, Phase.ADAPT, null))
        .commit(CommitFixture.product("fork", Map.of("shared.bin", shared)));

    assertThat(garbage()).isEmpty();
  }

  @Test
  void aCheckpointStaysWhileItsRunIsOpen() {
    PhaseAttempt attempt = fixture.open(CommitFixture.plan(run, 0, Phase.ADAPT, null));
    attempt.checkpoints().save(1, state(), 0.5);
    assertThat(garbage()).isEmpty();

    finish(run);

    assertThat(garbage()).extracting(Garbage::reason).containsExactly(Reason.CHECKPOINT);
  }

  private static TensorBundle state() {
    return TensorBundle.of(Map.of("x", Tensor.of(new float[] {1}, 1)));
  }

  @Test
  void aCheckpointThatTheCommitDidNotGetToRemoveGoes() {
    PhaseAttempt attempt =
        CommitFixture.open(
            fixture.commit(
                boundary -> {
                  if (boundary == Boundary.BEFORE_CHECKPOINTS) {
                    throw new Crash();
                  }
                }),
            CommitFixture.plan(run, 0, Phase.ADAPT, null));
    attempt.checkpoints().save(1, state(), 0.5);
    assertThatThrownBy(() -> attempt.commit(CommitFixture.product("one", Map.of())))
        .isInstanceOf(Crash.class);

    assertThat(garbage()).extracting(Garbage::reason).containsExactly(Reason.CHECKPOINT);
  }

  @Test
  void aRemovalThatDiesHarmsNothingAndTheNextOneGoesOn() {
    StoredObject named = adapter(fixture.perform(run, 0, Phase.ADAPT, null, "one"));
    for (int i = 0; i < 3; i++) {
      fixture.store.put(named.key(), new byte[] {(byte) i}, "adapter");
    }
    finish(run);
    List<Garbage> found = garbage();
    assertThat(found).hasSize(3);

    assertThatThrownBy(
            () ->
                new GarbageRemoval(fixture.store)
                    .remove(
                        found,
                        piece -> {
                          if (piece.equals(found.get(1))) {
                            throw new Crash();
                          }
                        }))
        .isInstanceOf(Crash.class);

    assertThat(garbage()).containsExactlyElementsOf(found.subList(1, 3));
    assertThat(remove(found).removed()).isEqualTo(3);
    assertThat(garbage()).isEmpty();
    assertThat(fixture.store.get(named)).isEqualTo(CommitFixture.bytes("one"));
  }

  @Test
  void whatIsLockedIsSkippedAndAnchorsAreNotEvenLookedAt() {
    fixture.perform(run, 0, Phase.ADAPT, null, "one");
    finish(run);
    new AuditAnchors(fixture.store, fixture.catalog, AN_HOUR).anchor(run, 0);
    StoredObject locked =
        fixture.store.putLocked("runs/" + run + "/held.bin", new byte[] {1}, "held", AN_HOUR);

    assertThat(new GarbageSearch(fixture.store, fixture.catalog).find(Instant.MAX, (n, of) -> {}))
        .extracting(Garbage::key)
        .noneMatch(key -> key.startsWith("audit/"));
    assertThat(remove(garbage())).isEqualTo(new Removed(0, 0, 1));
    assertThat(fixture.store.get(locked)).hasSize(1);
  }

  @Test
  void aPhaseIndexGoesOnceItsManifestIsGone() {
    String key = Digests.sha256(CommitFixture.bytes("index of " + run));
    PhaseOutcome outcome =
        fixture
            .open(CommitFixture.plan(run, 0, Phase.ENCODE, null, key, Reuse.ENCODE))
            .commit(CommitFixture.product("features", Map.of()));
    assertThat(indices(key)).isEmpty();

    for (ListedObject manifest : fixture.store.listVersions(Manifest.key(run, 0, Phase.ENCODE))) {
      fixture.store.delete(manifest.key(), manifest.versionId());
    }

    assertThat(outcome.reused()).isFalse();
    assertThat(indices(key)).extracting(Garbage::reason).containsExactly(Reason.INDEX);
  }

  private List<Garbage> indices(String phaseKey) {
    return under("phases/" + phaseKey);
  }

  /** Whatever its age, and whichever run it may belong to. */
  private List<Garbage> under(String key) {
    return new GarbageSearch(fixture.store, fixture.catalog)
        .find(Instant.now().plusSeconds(60), (read, of) -> {}).stream()
            .filter(piece -> piece.key().equals(key))
            .toList();
  }

  @Test
  void aTrialWriteThatWasNotTakenBackGoes() {
    StoredObject probe =
        fixture.store.put(ArtifactStore.PROBES + UUID.randomUUID(), new byte[] {1}, "probe");
    List<Garbage> found = under(probe.key());
    assertThat(found).extracting(Garbage::reason).containsExactly(Reason.PROBE);

    remove(found);

    assertThat(fixture.store.listVersions(probe.key())).isEmpty();
  }
}
