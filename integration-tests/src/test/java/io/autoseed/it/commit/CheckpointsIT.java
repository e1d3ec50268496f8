package io.autoseed.it.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.store.Checkpoint;
import io.autoseed.activities.store.Checkpoints;
import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.Digests;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.workflows.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsIT {
  private static final String KEY = Digests.sha256(CommitFixture.bytes("phase key"));

  @TempDir Path folder;
  private final String run = "it-" + UUID.randomUUID();
  private CommitFixture fixture;

  @BeforeEach
  void open() {
    fixture = new CommitFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Checkpoints checkpoints(String phaseKey) {
    return new Checkpoints(fixture.store, run, 0, Phase.ADAPT, phaseKey);
  }

  private String place(int step) {
    return String.format(Locale.ROOT, "runs/%s/checkpoints/0/ADAPT/%08d", run, step);
  }

  /** Of every version there is. */
  private List<String> stepsLeft() {
    return fixture.store.listVersions("runs/" + run + "/checkpoints/").stream()
        .map(ListedObject::key)
        .map(key -> key.substring(key.lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  private static TensorBundle state(int value) {
    return TensorBundle.of(Map.of("x", Tensor.of(new float[] {value}, 1)));
  }

  @Test
  void anotherAttemptGoesOnFromTheLatest() {
    Checkpoints first = checkpoints(KEY);
    first.save(9, state(9), 1);
    first.save(10, state(10), 2);
    StoredObject last = first.save(100, state(100), 3);

    Checkpoint found = checkpoints(KEY).latest().orElseThrow();

    assertThat(found.step()).isEqualTo(100);
    assertThat(found.sha256()).isEqualTo(last.sha256());
    assertThat(found.computeSeconds()).isEqualTo(3);
    assertThat(found.state()).isEqualTo(state(100));
    assertThat(fixture.store.listVersions("runs/" + run + "/checkpoints/")).hasSize(2);
  }

  @Test
  void whatAttemptsThatDiedHaveSavedGoesAsNewOnesAreSaved() {
    for (int attempt = 1; attempt <= 4; attempt++) {
      Checkpoints checkpoints = checkpoints(KEY);
      checkpoints.latest();
      checkpoints.save(10 * attempt, state(attempt), 1);
      checkpoints.save(10 * attempt + 1, state(attempt), 2);
    }

    assertThat(stepsLeft()).containsExactly("00000040", "00000041");
  }

  @Test
  void theOneGoneOnFromOutlivesWhatWasPassedOver() {
    Checkpoints first = checkpoints(KEY);
    first.save(1, state(1), 1);
    first.save(2, state(2), 1);
    fixture.store.put(place(9), CommitFixture.bytes("half a file"), "checkpoint");
    Checkpoints second = checkpoints(KEY);

    assertThat(second.latest().orElseThrow().step()).isEqualTo(2);
    second.save(3, state(3), 2);

    assertThat(stepsLeft()).containsExactly("00000002", "00000003");
  }

  @Test
  void whatReplacedTheCheckpointsOfTheLookIsGoneOnFrom() {
    Checkpoints overtaken = checkpoints(KEY);
    overtaken.save(1, state(1), 1);
    overtaken.save(2, state(2), 1);
    Checkpoints successor = checkpoints(KEY);
    successor.look();
    overtaken.save(3, state(3), 1);
    overtaken.save(4, state(4), 1);

    assertThat(successor.latest().orElseThrow().step()).isEqualTo(4);
  }

  @Test
  void aCheckpointThatIsNoStateIsPassedOver() {
    checkpoints(KEY).save(1, state(1), 1);
    fixture.store.put(place(2), CommitFixture.bytes("half a file"), "checkpoint");

    assertThat(checkpoints(KEY).latest().orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void aCheckpointOfAnotherPhaseKeyIsPassedOver() {
    checkpoints(KEY).save(1, state(1), 1);

    assertThat(checkpoints(Digests.sha256(CommitFixture.bytes("other"))).latest()).isEmpty();
  }

  @Test
  void eachNamesItsParent() {
    Checkpoints checkpoints = checkpoints(KEY);
    StoredObject first = checkpoints.save(1, state(1), 1);
    StoredObject second = checkpoints.save(2, state(2), 1);

    assertThat(fixture.store.find(first.key()).orElseThrow().beside()).containsEntry("parent", KEY);
    assertThat(fixture.store.find(second.key()).orElseThrow().beside())
        .containsEntry("parent", first.sha256());
  }

  @Test
  void anObjectThatIsNotWhatItsDigestSaysIsRefused() {
    StoredObject stored =
        fixture.store.put("runs/" + run + "/x", CommitFixture.bytes("one"), "test");
    String other = Digests.sha256(CommitFixture.bytes("two"));

    assertThatThrownBy(() -> fixture.store.get(stored.key(), stored.versionId(), other))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining(other)
        .hasMessageContaining(stored.sha256());
  }
}
