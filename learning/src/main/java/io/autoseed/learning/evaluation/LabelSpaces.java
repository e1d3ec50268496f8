package io.autoseed.learning.evaluation;

import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** Sets of class numbers that a question allows as answers. */
final class LabelSpaces {
  private LabelSpaces() {}

  static IntPredicate of(TaskClasses task) {
    return of(List.of(task));
  }

  static IntPredicate of(List<TaskClasses> tasks) {
    BitSet numbers = new BitSet();
    tasks.forEach(
        task -> {
          for (int number : task.numbers()) {
            numbers.set(number);
          }
        });
    return numbers::get;
  }

  /** The classes of several tasks as one, in order; {@code width} is d, for when there are none. */
  static TaskClasses union(List<TaskClasses> tasks, int width) {
    int count = tasks.stream().mapToInt(TaskClasses::count).sum();
    int[] numbers = new int[count];
    float[] texts = new float[count * width];
    int at = 0;
    for (TaskClasses task : tasks) {
      System.arraycopy(task.numbers(), 0, numbers, at, task.count());
      System.arraycopy(task.texts().floats(), 0, texts, at * width, task.count() * width);
      at += task.count();
    }
    return new TaskClasses(numbers, Tensor.of(texts, count, width));
  }
}
