package io.autoseed.activities.commit;

import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.SeedChanges;
import io.autoseed.activities.store.StoredObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a phase computed. All of it but {@code consumed} and {@code computeSeconds} is part of the
 * outcome, so it must be the same whenever the phase is computed again: no times, ids or hosts.
 *
 * @param objects new objects by name, for example {@code seeds.safetensors}; an object that equals
 *     the input's object of the same name is not stored again
 * @param placed objects that are in the store already: carried forward from the input, or written
 *     by an earlier activity of this phase
 * @param metrics finite values
 * @param accuracy cells measured
 * @param consumed what the phase read; the input manifest is added by the commit
 * @param computeSeconds spent computing, earlier attempts up to their checkpoint included
 */
public record PhaseProduct(
    SortedMap<String, byte[]> objects,
    SortedMap<String, StoredObject> placed,
    SortedMap<String, Double> metrics,
    List<AccuracyCell> accuracy,
    SeedChanges seeds,
    List<ArtifactReference> consumed,
    double computeSeconds) {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*";

  public PhaseProduct {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    placed = Collections.unmodifiableSortedMap(new TreeMap<>(placed));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    accuracy = List.copyOf(accuracy);
    consumed = List.copyOf(consumed);
    objects.keySet().forEach(PhaseProduct::requireName);
    placed.keySet().forEach(PhaseProduct::requireName);
    for (String name : objects.keySet()) {
      if (placed.containsKey(name)) {
        throw new IllegalArgumentException(
            "object '" + name + "' is both new and in the store already: expected one of the two");
      }
    }
    for (Map.Entry<String, Double> metric : metrics.entrySet()) {
      if (!Double.isFinite(metric.getValue())) {
        throw new IllegalArgumentException(
            "metric '"
                + metric.getKey()
                + "' is "
                + metric.getValue()
                + ", expected a finite number; leave out what was not measured");
      }
    }
  }

  private static void requireName(String name) {
    if (!name.matches(NAME)
        || name.length() > 200
        || name.startsWith("manifests/")
        || name.startsWith("checkpoints/")) {
      throw new IllegalArgumentException(
          "object name '"
              + name
              + "': expected letters, digits, dots, dashes and slashes, up to 200, outside of"
              + " manifests/ and checkpoints/");
    }
  }

  /** A product without seeds, accuracy or inputs beside the manifest. */
  public static PhaseProduct of(
      Map<String, byte[]> objects,
      Map<String, StoredObject> placed,
      Map<String, Double> metrics,
      double computeSeconds) {
    return new PhaseProduct(
        new TreeMap<>(objects),
        new TreeMap<>(placed),
        new TreeMap<>(metrics),
        List.of(),
        SeedChanges.none(),
        List.of(),
        computeSeconds);
  }

  public PhaseProduct withAccuracy(List<AccuracyCell> measured) {
    return new PhaseProduct(objects, placed, metrics, measured, seeds, consumed, computeSeconds);
  }

  public PhaseProduct withSeeds(SeedChanges changes) {
    return new PhaseProduct(objects, placed, metrics, accuracy, changes, consumed, computeSeconds);
  }

  public PhaseProduct withConsumed(List<ArtifactReference> read) {
    return new PhaseProduct(objects, placed, metrics, accuracy, seeds, read, computeSeconds);
  }
}
