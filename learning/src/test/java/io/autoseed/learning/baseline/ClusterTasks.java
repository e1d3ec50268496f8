package io.autoseed.learning.baseline;

import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks of Gaussian clusters around one direction; a class's text points roughly at its cluster.
 */
public final class ClusterTasks {
  private ClusterTasks() {}

  public static List<TaskInputs> of(int tasks, int classes, int examples, int d) {
    List<TaskInputs> list = new ArrayList<>();
    for (int t = 0; t < tasks; t++) {
      int[] numbers = new int[classes];
      float[][] texts = new float[classes][];
      float[][] train = new float[classes * examples][];
      float[][] test = new float[classes * examples][];
      int[] labels = new int[classes * examples];
      for (int c = 0; c < classes; c++) {
        numbers[c] = t * classes + c;
        CounterRandom random = CounterRandom.of(1, t, "clusters", c);
        float[] common = CounterRandom.of(1, 0, "common", 0).gaussians(d);
        float[] centre = unit(common, random.gaussians(d), 0.5f);
        texts[c] = unit(centre, random.gaussians(d), 0.1f);
        for (int i = 0; i < examples; i++) {
          labels[c * examples + i] = numbers[c];
          train[c * examples + i] = unit(centre, random.gaussians(d), 0.06f);
          test[c * examples + i] = unit(centre, random.gaussians(d), 0.06f);
        }
      }
      list.add(
          new TaskInputs(
              new TaskClasses(numbers, rows(texts)),
              new TrainingSet(rows(train), labels),
              rows(test),
              labels,
              Tensor.of(new float[1], 1)));
    }
    return list;
  }

  /** A task as a sequence of its own, its classes numbered from 0. */
  public static List<TaskInputs> alone(TaskInputs task) {
    int first = task.classes().numbers()[0];
    int[] numbers = shifted(task.classes().numbers(), first);
    return List.of(
        new TaskInputs(
            new TaskClasses(numbers, task.classes().texts()),
            new TrainingSet(task.training().images(), shifted(task.training().labels(), first)),
            task.testImages(),
            shifted(task.testLabels(), first),
            task.centre()));
  }

  private static int[] shifted(int[] numbers, int by) {
    int[] shifted = numbers.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] -= by;
    }
    return shifted;
  }

  private static float[] unit(float[] centre, float[] noise, float spread) {
    float[] row = new float[centre.length];
    double square = 0;
    for (int k = 0; k < row.length; k++) {
      row[k] = centre[k] + spread * noise[k];
      square += (double) row[k] * row[k];
    }
    for (int k = 0; k < row.length; k++) {
      row[k] = (float) (row[k] / Math.sqrt(square));
    }
    return row;
  }

  private static Tensor rows(float[][] rows) {
    int d = rows[0].length;
    float[] values = new float[rows.length * d];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * d, d);
    }
    return Tensor.of(values, rows.length, d);
  }
}
