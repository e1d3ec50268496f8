package io.autoseed.learning.ridge;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.Torch;
import java.util.ArrayList;
import java.util.List;

/** Oracles in plain loops over all data at once, and tasks in another order. */
final class Regressions {
  static final long RANDOM_SEED = -11;

  private Regressions() {}

  static LearnerState learned(Strategy strategy, List<TaskInputs> tasks) {
    return new LocalSequenceRunner(
            strategy, RANDOM_SEED, new EvaluationRows(EvaluationRows.Kind.LAST, 1))
        .run(tasks)
        .finalState();
  }

  /** H of a task's training images, [n][M]. */
  static double[][] features(TaskInputs task, int width) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      double[] flat =
          new RandomLayer(RANDOM_SEED, width)
              .features(manager, task.training().images())
              .toDoubleArray();
      double[][] rows = new double[task.training().count()][width];
      for (int i = 0; i < flat.length; i++) {
        rows[i / width][i % width] = flat[i];
      }
      return rows;
    }
  }

  /**
   * The largest |(H'H + ridge I) k_c - H'y_c| over classes, over the largest |H'y_c|.
   *
   * @param keys [C, M]
   */
  static double residual(List<TaskInputs> tasks, double[] keys, int width, double ridge) {
    double worst = 0;
    double largest = 0;
    int classes = keys.length / width;
    for (int c = 0; c < classes; c++) {
      double[] left = new double[width];
      double[] right = new double[width];
      for (int k = 0; k < width; k++) {
        left[k] = ridge * keys[c * width + k];
      }
      for (TaskInputs task : tasks) {
        double[][] h = features(task, width);
        for (int i = 0; i < h.length; i++) {
          double score = 0;
          for (int k = 0; k < width; k++) {
            score += h[i][k] * keys[c * width + k];
          }
          double y = task.training().labels()[i] == c ? 1 : 0;
          for (int k = 0; k < width; k++) {
            left[k] += h[i][k] * score;
            right[k] += h[i][k] * y;
          }
        }
      }
      for (int k = 0; k < width; k++) {
        worst = Math.max(worst, Math.abs(left[k] - right[k]));
        largest = Math.max(largest, Math.abs(right[k]));
      }
    }
    return worst / largest;
  }

  /** The tasks from last to first; classes are numbered in the new order. */
  static List<TaskInputs> reversed(List<TaskInputs> tasks) {
    List<TaskInputs> reversed = new ArrayList<>();
    int next = 0;
    for (int t = tasks.size() - 1; t >= 0; t--) {
      TaskInputs task = tasks.get(t);
      int shift = next - task.classes().numbers()[0];
      reversed.add(
          new TaskInputs(
              new TaskClasses(shifted(task.classes().numbers(), shift), task.classes().texts()),
              new TrainingSet(task.training().images(), shifted(task.training().labels(), shift)),
              task.testImages(),
              shifted(task.testLabels(), shift),
              task.centre()));
      next += task.classes().count();
    }
    return reversed;
  }

  /** All tasks as one. */
  static List<TaskInputs> atOnce(List<TaskInputs> tasks) {
    List<TaskInputs> left = new ArrayList<>(tasks);
    TaskInputs all = left.remove(0);
    for (TaskInputs task : left) {
      all =
          new TaskInputs(
              new TaskClasses(
                  joined(all.classes().numbers(), task.classes().numbers()),
                  joined(all.classes().texts(), task.classes().texts())),
              new TrainingSet(
                  joined(all.training().images(), task.training().images()),
                  joined(all.training().labels(), task.training().labels())),
              all.testImages(),
              all.testLabels(),
              all.centre());
    }
    return List.of(all);
  }

  private static int[] shifted(int[] numbers, int by) {
    int[] shifted = numbers.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += by;
    }
    return shifted;
  }

  private static int[] joined(int[] first, int[] second) {
    int[] both = new int[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static Tensor joined(Tensor first, Tensor second) {
    return Rows.append(first, second);
  }
}
