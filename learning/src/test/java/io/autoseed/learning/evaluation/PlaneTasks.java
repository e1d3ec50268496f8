package io.autoseed.learning.evaluation;

import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Tasks whose embeddings are angles (in degrees) on the unit circle, so accuracies can be seen. */
public final class PlaneTasks {
  private final List<TaskInputs> tasks = new ArrayList<>();
  private int classes;

  /**
   * Adds a task of {@code texts.length} classes.
   *
   * @param texts angle of each class's text
   * @param images angles of the images of each class, training and test alike
   */
  public PlaneTasks task(double[] texts, double[][] images) {
    int[] numbers = new int[texts.length];
    List<Integer> labels = new ArrayList<>();
    List<Double> angles = new ArrayList<>();
    for (int c = 0; c < texts.length; c++) {
      numbers[c] = classes++;
      for (double angle : images[c]) {
        labels.add(numbers[c]);
        angles.add(angle);
      }
    }
    int[] labelled = labels.stream().mapToInt(Integer::intValue).toArray();
    Tensor rows = onCircle(angles.stream().mapToDouble(Double::doubleValue).toArray());
    tasks.add(
        new TaskInputs(
            new TaskClasses(numbers, onCircle(texts)),
            new TrainingSet(rows, labelled),
            rows,
            labelled,
            Tensor.of(new float[3], 3)));
    return this;
  }

  public List<TaskInputs> list() {
    return List.copyOf(tasks);
  }

  private static Tensor onCircle(double... angles) {
    float[] rows = new float[2 * angles.length];
    for (int i = 0; i < angles.length; i++) {
      rows[2 * i] = (float) Math.cos(Math.toRadians(angles[i]));
      rows[2 * i + 1] = (float) Math.sin(Math.toRadians(angles[i]));
    }
    return Tensor.of(rows, angles.length, 2);
  }
}
