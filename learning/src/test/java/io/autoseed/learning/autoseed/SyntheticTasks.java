package io.autoseed.learning.autoseed;

import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Small tasks whose images scatter about their class's name, in a space where n passes d. */
final class SyntheticTasks {
  static final int D = 24;
  private static final int TESTED = 5;

  private SyntheticTasks() {}

  /** Tasks of the given numbers of classes, with 6 to 12 samples a class. */
  static List<TaskInputs> of(int... classCounts) {
    List<TaskInputs> tasks = new ArrayList<>();
    int first = 0;
    for (int t = 0; t < classCounts.length; t++) {
      tasks.add(task(t, first, classCounts[t]));
      first += classCounts[t];
    }
    return tasks;
  }

  private static TaskInputs task(int t, int first, int classes) {
    CounterRandom random = CounterRandom.of(7, t, "synthetic", 0);
    int[] numbers = new int[classes];
    List<float[]> names = new ArrayList<>();
    List<float[]> train = new ArrayList<>();
    List<Integer> trainLabels = new ArrayList<>();
    List<float[]> test = new ArrayList<>();
    List<Integer> testLabels = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      numbers[c] = first + c;
      float[] name = unit(random.gaussians(D));
      names.add(name);
      float[] centre = near(name, 0.2f, random);
      for (int i = 0; i < 6 + random.nextInt(7); i++) {
        train.add(near(centre, 0.25f, random));
        trainLabels.add(numbers[c]);
      }
      for (int i = 0; i < TESTED; i++) {
        test.add(near(centre, 0.25f, random));
        testLabels.add(numbers[c]);
      }
    }
    return new TaskInputs(
        new TaskClasses(numbers, rows(names)),
        new TrainingSet(rows(train), ints(trainLabels)),
        rows(test),
        ints(testLabels),
        Tensor.of(new float[D], D));
  }

  /** The task with every image turned by the orthogonal matrix q, row-major [D, D]. */
  static TaskInputs turned(TaskInputs task, double[] q) {
    return new TaskInputs(
        task.classes(),
        new TrainingSet(turned(task.training().images(), q), task.training().labels()),
        turned(task.testImages(), q),
        task.testLabels(),
        task.centre());
  }

  private static Tensor turned(Tensor images, double[] q) {
    float[] x = images.floats();
    float[] turned = new float[x.length];
    for (int i = 0; i < images.size(0); i++) {
      for (int j = 0; j < D; j++) {
        double sum = 0;
        for (int k = 0; k < D; k++) {
          sum += x[i * D + k] * q[k * D + j];
        }
        turned[i * D + j] = (float) sum;
      }
    }
    return Tensor.of(turned, images.size(0), D);
  }

  private static float[] near(float[] centre, float spread, CounterRandom random) {
    float[] moved = random.gaussians(D);
    for (int i = 0; i < D; i++) {
      moved[i] = centre[i] + spread * moved[i];
    }
    return unit(moved);
  }

  private static float[] unit(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += value * value;
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (row[i] / Math.sqrt(squares));
    }
    return row;
  }

  private static Tensor rows(List<float[]> rows) {
    float[] all = new float[rows.size() * D];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * D, D);
    }
    return Tensor.of(all, rows.size(), D);
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
