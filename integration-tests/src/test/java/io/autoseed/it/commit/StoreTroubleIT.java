package io.autoseed.it.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.Workplace;
import io.autoseed.activities.commit.FaultPoint.Boundary;
import io.autoseed.activities.commit.PhaseAttempt;
import io.autoseed.activities.commit.PhaseCommit;
import io.autoseed.activities.commit.PhasePlan;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.StoreAddress;
import io.autoseed.activities.store.StoreException;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.it.commit.FaultyStoreProxy.Fault;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseOutcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that answers 503, late, wrongly or not at all: retried, detected, never believed. */
class StoreTroubleIT {
  @TempDir Path folder;
  private final String key = "it/" + UUID.randomUUID();
  private CommitFixture fixture;
  private FaultyStoreProxy proxy;
  private ArtifactStore store;

  @BeforeEach
  void open() throws Exception {
    fixture = new CommitFixture(folder);
    StoreAddress real = fixture.backends.store();
    proxy = new FaultyStoreProxy(real.endpoint());
    store =
        new ArtifactStore(
            new StoreAddress(
                proxy.endpoint(),
                real.region(),
                real.accessKey(),
                real.secretKey(),
                real.bucket()));
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    proxy.close();
    fixture.close();
  }

  @Test
  void aStoreThatIsBusyForAWhileIsAskedAgain() {
    proxy.next(Fault.BUSY, 3);
    StoredObject stored = store.put(key, CommitFixture.bytes("one"), "test");
    proxy.next(Fault.BUSY, 3);

    assertThat(store.get(stored)).isEqualTo(CommitFixture.bytes("one"));
    assertThat(proxy.requests()).isEqualTo(8);
    assertThat(fixture.store.listVersions(key)).hasSize(1);
  }

  @Test
  void aStoreThatStaysBusyIsOneLineThatSaysWhatToDo() {
    proxy.always(Fault.BUSY);

    assertThatThrownBy(() -> store.put(key, CommitFixture.bytes("one"), "test"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("writing " + key)
        .hasMessageContaining("failed 9 times")
        .hasMessageContaining("autoseed status")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aSlowStoreIsWaitedFor() {
    proxy.always(Fault.SLOW);
    StoredObject stored = store.put(key, CommitFixture.bytes("one"), "test");

    assertThat(store.get(stored)).isEqualTo(CommitFixture.bytes("one"));
    assertThat(proxy.requests()).isEqualTo(2);
  }

  @Test
  void aByteThatWasFlippedOnTheWayIsReadAgain() {
    StoredObject stored = store.put(key, CommitFixture.bytes("one"), "test");
    proxy.next(Fault.CORRUPT, 1);
    assertThat(store.get(stored)).isEqualTo(CommitFixture.bytes("one"));

    proxy.next(Fault.CORRUPT, 1);
    assertThat(store.find(key).orElseThrow().bytes()).isEqualTo(CommitFixture.bytes("one"));
  }

  @Test
  void aByteThatStaysFlippedIsNeverBelieved() {
    StoredObject stored = store.put(key, CommitFixture.bytes("one"), "test");
    proxy.always(Fault.CORRUPT);

    assertThatThrownBy(() -> store.get(stored))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(stored.sha256());
    assertThatThrownBy(() -> store.find(key)).isInstanceOf(CorruptObjectException.class);
  }

  @Test
  void aCommitWhoseAnswerWasLostIsFoundToBeItsOwn() {
    String run = fixture.run(Reuse.ENCODE);
    PhasePlan plan = CommitFixture.plan(run, 0, Phase.ADAPT, null);
    PhaseCommit commit =
        new PhaseCommit(
            store,
            fixture.cache,
            fixture.catalog,
            new Workplace("test-host", "test", CommitFixture.PROFILE),
            boundary -> {
              if (boundary == Boundary.BEFORE_MANIFEST) {
                proxy.next(Fault.ANSWER_LOST, 1);
              }
            });
    PhaseAttempt attempt = CommitFixture.open(commit, plan);

    PhaseOutcome outcome = attempt.commit(CommitFixture.product("one", Map.of()));

    assertThat(fixture.manifests.read(outcome.manifest()).manifest().envelope().token())
        .isEqualTo(attempt.token());
    assertThat(fixture.store.listVersions(Manifest.key(run, 0, Phase.ADAPT))).hasSize(1);
  }
}
