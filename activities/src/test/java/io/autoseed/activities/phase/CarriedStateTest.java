package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.store.Digests;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.SeedChanges;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.workflows.Phase;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriedStateTest {
  @TempDir private Path folder;
  private CarriedState carried;

  @BeforeEach
  void leaveTwoObjects() {
    ObjectCache cache = new ObjectCache(folder, 1 << 20);
    Map<String, Manifest.Content> contents = new TreeMap<>();
    Map<String, Manifest.Place> places = new TreeMap<>();
    for (String name : List.of("first", "second")) {
      byte[] bytes = SafeTensors.encode(bundle(name.length()));
      cache.put(Digests.sha256(bytes), bytes);
      contents.put(
          name + ".safetensors", new Manifest.Content(Digests.sha256(bytes), bytes.length));
      places.put(name + ".safetensors", new Manifest.Place("runs/calm/" + name, "v-" + name));
    }
    carried = CarriedState.of(manifest(contents, places), new Manifests(null, cache));
  }

  @Test
  void aStrategyThatTakesTheNameOfTheCentreEndsTheRun() {
    LearnerState taken = LearnerState.of(Map.of("centre", bundle(3)));

    assertThatThrownBy(() -> CarriedState.changed(taken, Set.of()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage()).contains("'centre'", "rename it");
            });
  }

  @Test
  void whatAPhaseLeftAsItWasStaysWhereItLies() {
    LearnerState before = carried.state();
    LearnerState after =
        before.with("second", bundle(8)).with("third", bundle(9)).with("first", bundle(5));

    assertThat(carried.unchanged(before, after))
        .containsOnlyKeys("first.safetensors")
        .extractingByKey("first.safetensors")
        .extracting(StoredObject::key, StoredObject::versionId)
        .containsExactly("runs/calm/first", "v-first");
  }

  @Test
  void whatAPhaseChangedOrAddedIsWrittenAnew() {
    LearnerState before = carried.state();
    LearnerState after = before.with("second", bundle(8)).with("third", bundle(9));

    assertThat(CarriedState.changed(after, carried.unchanged(before, after).keySet()))
        .containsOnly(
            Map.entry("second.safetensors", SafeTensors.encode(bundle(8))),
            Map.entry("third.safetensors", SafeTensors.encode(bundle(9))));
  }

  private static TensorBundle bundle(int value) {
    return TensorBundle.of(Map.of("x", Tensor.of(new int[] {value}, 1)));
  }

  private static StoredManifest manifest(
      Map<String, Manifest.Content> contents, Map<String, Manifest.Place> places) {
    String digest = "a".repeat(64);
    Manifest manifest =
        new Manifest(
            new Manifest.Outcome(
                Phase.ADAPT,
                digest,
                new TreeMap<>(contents),
                new TreeMap<>(),
                List.of(),
                SeedChanges.none(),
                null),
            new Manifest.Envelope(
                "calm",
                0,
                null,
                digest,
                new TreeMap<>(places),
                List.of(),
                List.of(),
                null,
                "build",
                "host",
                "avx2",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:01Z",
                1,
                1,
                List.of(),
                digest,
                List.of()));
    return new StoredManifest(manifest, new StoredObject("manifest", "v", digest, 1));
  }
}
