package io.autoseed.activities.phase;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.metrics.SeedMetrics;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * How faithful the seeds of a finished sequence are to the classes they stand for, and how they
 * spread: {@link SeedMetrics} of the whole bank against real training examples, of every class as
 * many as {@link #MOST_EXAMPLES} in all allow. Real examples of past tasks serve this measurement
 * alone; nothing is learned from them.
 */
final class SeedFidelity {
  private static final int MOST_EXAMPLES = 20_000;

  private SeedFidelity() {}

  /** Whether a state has what is measured: the seeds of two classes at least. */
  static boolean measurable(LearnerState state) {
    return SeedRows.keptBy(state)
        && Arrays.stream(state.get("seeds").get("class").ints()).distinct().count() > 1;
  }

  /**
   * Names and values of the metrics.
   *
   * @param tasks number of tasks learned
   * @param task a task by index, in the joint space, with its training examples
   */
  static SortedMap<String, Double> of(LearnerState state, int tasks, IntFunction<TaskInputs> task) {
    TensorBundle seeds = state.get("seeds");
    int[] classes = seeds.get("class").ints();
    int each = Math.max(2, MOST_EXAMPLES / (int) Arrays.stream(classes).distinct().count());
    List<float[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      add(task.apply(i).training(), each, rows, labels);
    }
    Tensor vectors = floats(seeds.get("v"));
    Tensor examples = joined(rows, vectors.size(1));
    SeedMetrics metrics =
        SeedMetrics.of(
            vectors, classes, examples, labels.stream().mapToInt(Integer::intValue).toArray());
    return new TreeMap<>(
        Map.of(
            "seedFidelity", metrics.fidelity(),
            "seedFidelityControl", metrics.control(),
            "seedSpreadParallel", metrics.rhoParallel(),
            "seedSpreadPerpendicular", metrics.rhoPerpendicular()));
  }

  private static Tensor floats(Tensor kept) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      return NdArrays.toTensor(NdArrays.toArray(manager, kept).toType(DataType.FLOAT32, false));
    }
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
