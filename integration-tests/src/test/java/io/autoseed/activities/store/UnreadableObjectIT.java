package io.autoseed.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.it.TestStack;
import io.autoseed.it.commit.FaultyStoreProxy;
import io.autoseed.it.commit.FaultyStoreProxy.Fault;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.workflows.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An object that the store fails to read for good, beside a store that is away. */
class UnreadableObjectIT {
  private static final Retries QUICK =
      new Retries(2, Duration.ofMillis(10), ArtifactStore.PATIENCE);
  private static final byte[] BYTES = {1, 2, 3};

  private final String run = "it-" + UUID.randomUUID();
  private final String key = "runs/" + run + "/state";
  private final String phaseKey = Digests.sha256(BYTES);
  private FaultyStoreProxy proxy;
  private ArtifactStore store;

  @BeforeEach
  void open() throws IOException {
    StoreAddress real;
    try (ArtifactStore direct = StackConnections.store(TestStack.addresses())) {
      real = direct.address();
    }
    proxy = new FaultyStoreProxy(real.endpoint());
    store =
        new ArtifactStore(through(proxy, real, real.secretKey()), QUICK, ArtifactStore.PATIENCE);
  }

  private static StoreAddress through(FaultyStoreProxy proxy, StoreAddress real, String secret) {
    return new StoreAddress(
        proxy.endpoint(), real.region(), real.accessKey(), secret, real.bucket());
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    proxy.close();
  }

  @Test
  void itIsRefusedWithItsNameWhenOthersAreRead() {
    StoredObject stored = store.put(key, BYTES, "test");
    List<ListedObject> probes = store.listVersions("probe/");
    proxy.always(Fault.BUSY, key);

    assertThatThrownBy(() -> store.require(stored))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageStartingWith(key + " version " + stored.versionId() + " is not read")
        .hasMessageContaining("restore the object");

    proxy.always(Fault.NONE);
    assertThat(store.require(stored)).isEqualTo(BYTES);
    assertThat(store.listVersions("probe/"))
        .as("the look at the store leaves nothing")
        .isEqualTo(probes);
  }

  @Test
  void itIsReadOnceMoreIfTheStoreHasComeBackSince() {
    StoredObject stored = store.put(key, BYTES, "test");
    proxy.next(Fault.BUSY, QUICK.tries());

    assertThat(store.require(stored)).isEqualTo(BYTES);
  }

  @Test
  void itIsNotTakenForDamagedWhileTheStoreIsAway() {
    StoredObject stored = store.put(key, BYTES, "test");
    proxy.always(Fault.BUSY);

    assertThatThrownBy(() -> store.require(stored))
        .isExactlyInstanceOf(StoreException.class)
        .hasMessageContaining("is the store up");
  }

  @Test
  void aVersionThatIsGoneIsRefusedWithItsName() {
    StoredObject stored = store.put(key, BYTES, "test");
    store.delete(stored.key(), stored.versionId());

    assertThatThrownBy(() -> store.require(stored))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageStartingWith(key + " version " + stored.versionId() + " is gone");
  }

  @Test
  void aWrongKeyIsRefusedAtOnce() {
    StoreAddress real = store.address();
    try (ArtifactStore stranger =
        new ArtifactStore(through(proxy, real, "wrong-secret"), QUICK, ArtifactStore.PATIENCE)) {
      int before = proxy.requests();

      assertThatThrownBy(() -> stranger.put(key, BYTES, "test"))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("was refused: SignatureDoesNotMatch");
      assertThat(proxy.requests() - before).isEqualTo(1);
    }
  }

  @Test
  void aCheckpointThatIsNotReadIsPassedOverForTheOneBefore() {
    save(1);
    save(2);
    proxy.always(Fault.BUSY, "00000002");

    assertThat(checkpoints().latest().orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void checkpointsAreNotPassedOverWhileTheStoreIsAway() {
    save(1);
    Checkpoints checkpoints = checkpoints();
    proxy.next(Fault.NONE, 1); // the list
    proxy.always(Fault.BUSY);

    assertThatThrownBy(checkpoints::latest).isExactlyInstanceOf(StoreException.class);
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(store, run, 0, Phase.ADAPT, phaseKey);
  }

  private void save(int step) {
    TensorBundle state = TensorBundle.of(Map.of("x", Tensor.of(new float[] {step}, 1)));
    checkpoints().save(step, state, 1);
  }
}
