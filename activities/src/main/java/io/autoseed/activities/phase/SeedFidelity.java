package io.autoseed.activities.phase;

import io.autoseed.learning.metrics.SeedMetrics;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How faithful the seeds of a finished sequence are to the classes they stand for, and how they
 * spread: {@link SeedMetrics} of the bank against the real training examples of a {@link
 * SeedSample}. Real examples of past tasks serve this measurement alone; nothing is learned from
 * them.
 */
final class SeedFidelity {
  private SeedFidelity() {}

  /** Whether a state has what is measured: the seeds of two classes at least. */
  static boolean measurable(LearnerState state) {
    return SeedRows.keptBy(state) && Arrays.stream(SeedRows.classes(state)).distinct().count() > 1;
  }

  /**
   * Names and values of the metrics; none if fewer than two classes of the sample have seeds. A
   * spread is left out where the real examples have none to divide by: one a class, or class means
   * that span the space.
   *
   * @param examples the sample's of a task by index, in the joint space
   */
  static SortedMap<String, Double> of(
      LearnerState state, SeedSample sample, IntFunction<TrainingSet> examples) {
    List<float[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int task : sample.tasks()) {
      add(examples.apply(task), sample.examplesPerClass(), rows, labels);
    }
    int[] classes = SeedRows.classes(state);
    Set<Integer> sampled = labels.stream().collect(Collectors.toSet());
    int[] kept =
        IntStream.range(0, classes.length).filter(row -> sampled.contains(classes[row])).toArray();
    int[] keptClasses = Arrays.stream(kept).map(row -> classes[row]).toArray();
    if (Arrays.stream(keptClasses).distinct().count() < 2) {
      return new TreeMap<>();
    }
    Tensor vectors = Rows.select(SeedRows.vectors(state), kept);
    SeedMetrics metrics =
        SeedMetrics.of(
            vectors,
            keptClasses,
            joined(rows, vectors.size(1)),
            labels.stream().mapToInt(Integer::intValue).toArray());
    SortedMap<String, Double> named = new TreeMap<>();
    named.put("seedFidelity", metrics.fidelity());
    named.put("seedFidelityControl", metrics.control());
    named.put("seedSpreadParallel", metrics.rhoParallel());
    named.put("seedSpreadPerpendicular", metrics.rhoPerpendicular());
    named.values().removeIf(value -> !Double.isFinite(value));
    return named;
  }

  /** Adds the first rows of each class. */
  private static void add(
      TrainingSet training, int each, List<float[]> rows, List<Integer> labels) {
    Map<Integer, Integer> taken = new TreeMap<>();
    float[] images = training.images().floats();
    int width = training.images().size(1);
    int[] found = training.labels();
    for (int row = 0; row < found.length; row++) {
      if (taken.merge(found[row], 1, Integer::sum) <= each) {
        rows.add(Arrays.copyOfRange(images, row * width, (row + 1) * width));
        labels.add(found[row]);
      }
    }
  }

  private static Tensor joined(List<float[]> rows, int width) {
    float[] values = new float[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, values, row * width, width);
    }
    return Tensor.of(values, rows.size(), width);
  }
}
