package io.autoseed.activities.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.retention.Garbage.Reason;
import io.autoseed.activities.retention.GarbageSearch.Ends;
import io.autoseed.activities.store.ListedObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GarbageSearchTest {
  private static final Ends ENDS = new Ends(Set.of("cancelled", "done"), Set.of("done"));

  private final NamedObjects named = new NamedObjects();

  private static ListedObject object(String key, boolean latest) {
    return new ListedObject(key, "v1", latest, false, 1, Instant.EPOCH);
  }

  private Optional<Reason> checkpoint(String run, boolean latest) {
    return GarbageSearch.reason(
        object("runs/" + run + "/checkpoints/1/ADAPT/00000100", latest), ENDS, named);
  }

  @Test
  void aRunThatWasCancelledKeepsTheCheckpointsOfThePhaseThatItEndedIn() {
    assertThat(checkpoint("cancelled", true)).isEmpty();
    assertThat(checkpoint("cancelled", false)).contains(Reason.CHECKPOINT);
  }

  @Test
  void trainingFeaturesOfARunThatKeepsNoneGoOnceItHasEnded() {
    assertThat(training("open")).isEmpty();
    assertThat(training("cancelled")).contains(Reason.TRAINING);
    assertThat(training("done")).contains(Reason.TRAINING);
  }

  private Optional<Reason> training(String run) {
    return GarbageSearch.reason(
        object("runs/" + run + "/training/" + "0".repeat(64) + "/x.safetensors", true),
        ENDS,
        named);
  }

  @Test
  void aPhaseThatIsCommittedKeepsNone() {
    named.committed(object("runs/cancelled/manifests/1/ADAPT.json", true));

    assertThat(checkpoint("cancelled", true)).contains(Reason.CHECKPOINT);
  }

  @Test
  void aRunThatIsDoneKeepsNoneAndAnOpenOneAll() {
    assertThat(checkpoint("done", true)).contains(Reason.CHECKPOINT);
    assertThat(checkpoint("open", false)).isEmpty();
  }
}
