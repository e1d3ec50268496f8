package io.autoseed.activities.phase;

import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.workflows.Failures;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a manifest hands on to the phases after it: the learner state, one object of that name each,
 * and the centre of the joint space. Features and evaluations are not handed on.
 */
final class CarriedState {
  /** Object with the one tensor {@code x}: the run's centre c0, float32 [image width]. */
  static final String CENTRE = "centre.safetensors";

  /** Object with the rows measured by EVALUATE, as JSON. */
  static final String EVALUATION = "evaluation.json";

  /** Start of the names of the shards that ENCODE lists. */
  static final String FEATURES = "features/";

  private static final String SUFFIX = ".safetensors";

  private final SortedMap<String, StoredObject> objects = new TreeMap<>();
  private final Manifests manifests;

  private CarriedState(Manifests manifests) {
    this.manifests = manifests;
  }

  /**
   * @param input null at the start of a run
   */
  static CarriedState of(StoredManifest input, Manifests manifests) {
    CarriedState carried = new CarriedState(manifests);
    if (input != null) {
      for (Map.Entry<String, StoredObject> entry : input.manifest().objects().entrySet()) {
        if (!entry.getKey().equals(EVALUATION) && !entry.getKey().startsWith(FEATURES)) {
          carried.objects.put(entry.getKey(), entry.getValue());
        }
      }
    }
    return carried;
  }

  /** Every object handed on, by name. */
  SortedMap<String, StoredObject> objects() {
    return new TreeMap<>(objects);
  }

  /** Objects of a manifest that are the learner state. */
  static boolean isState(String name) {
    return name.endsWith(SUFFIX) && !name.equals(CENTRE) && !name.startsWith(FEATURES);
  }

  /**
   * Where what a phase left as it was lies already: it is neither written nor digested again,
   * however much an earlier task left.
   *
   * @param before what {@link #state} read
   */
  SortedMap<String, StoredObject> unchanged(LearnerState before, LearnerState after) {
    SortedMap<String, StoredObject> unchanged = new TreeMap<>();
    after
        .objects()
        .forEach(
            (name, bundle) -> {
              if (bundle.equals(before.objects().get(name))) {
                unchanged.put(name + SUFFIX, objects.get(name + SUFFIX));
              }
            });
    return unchanged;
  }

  /**
   * The objects of a manifest that hold the rest of {@code after}.
   *
   * @param unchanged names of objects, as of {@link #unchanged}
   * @throws ApplicationFailure that no retry mends, if one has the name of another object
   */
  static SortedMap<String, byte[]> changed(LearnerState after, Set<String> unchanged) {
    SortedMap<String, byte[]> changed = new TreeMap<>();
    after
        .objects()
        .forEach(
            (name, bundle) -> {
              if (!unchanged.contains(name + SUFFIX)) {
                changed.put(name + SUFFIX, SafeTensors.encode(bundle));
              }
            });
    if (changed.containsKey(CENTRE)) {
      throw Failures.badInput(
          "the strategy keeps an object 'centre', which is the name of the run's centre: rename it",
          null);
    }
    return changed;
  }

  LearnerState state() {
    SortedMap<String, TensorBundle> state = new TreeMap<>();
    objects.forEach(
        (name, object) -> {
          if (isState(name)) {
            state.put(name.substring(0, name.length() - SUFFIX.length()), bundle(name, object));
          }
        });
    return LearnerState.of(state);
  }

  boolean hasCentre() {
    return objects.containsKey(CENTRE);
  }

  /** The run's centre; an error before the first ENCODE. */
  Tensor centre() {
    StoredObject centre = objects.get(CENTRE);
    if (centre == null) {
      throw Failures.badInput(
          "the input manifest has no centre: expected it since the first ENCODE of the run", null);
    }
    return bundle(CENTRE, centre).get(Shard.TENSOR);
  }

  static TensorBundle centreBundle(Tensor centre) {
    return TensorBundle.of(Map.of(Shard.TENSOR, centre));
  }

  private TensorBundle bundle(String name, StoredObject object) {
    try {
      return SafeTensors.decode(manifests.object(object));
    } catch (IOException e) {
      throw Failures.badInput(object.key() + " (" + name + "): " + e.getMessage(), e);
    }
  }
}
