package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.torch.NdArrays;
import java.util.Arrays;

/**
 * The task's training examples.
 *
 * @param e image embeddings, float32 [N, d]
 * @param labels each one's class as its place in the task, [N]
 * @param classCount |C_t|
 */
record TaskSamples(NDArray e, int[] labels, int classCount) {

  /**
   * Those of a phase's input.
   *
   * @throws IllegalArgumentException if there are none, a label is not among the task's classes, or
   *     a class has no sample
   */
  static TaskSamples of(NDManager manager, PhaseInput input) {
    TrainingSet set =
        input
            .trainingSet()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "phase " + input.phase() + " needs the task's training set, found none"));
    int[] numbers = input.classes().numbers();
    int[] labels = new int[set.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = place(numbers, set.labels()[i]);
    }
    TaskSamples samples =
        new TaskSamples(NdArrays.toArray(manager, set.images()), labels, numbers.length);
    int[] counts = samples.counts();
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] == 0) {
        throw new IllegalArgumentException(
            "class " + numbers[c] + " of task " + input.task() + " has no training example");
      }
    }
    return samples;
  }

  private static int place(int[] numbers, int label) {
    for (int c = 0; c < numbers.length; c++) {
      if (numbers[c] == label) {
        return c;
      }
    }
    throw new IllegalArgumentException(
        "label " + label + " is none of the task's classes " + Arrays.toString(numbers));
  }

  int count() {
    return labels.length;
  }

  /** n_c. */
  int[] counts() {
    int[] counts = new int[classCount];
    for (int y : labels) {
      counts[y]++;
    }
    return counts;
  }

  /** The samples with these numbers. */
  TaskSamples only(int[] numbers) {
    int[] kept = Arrays.stream(numbers).map(i -> labels[i]).toArray();
    return new TaskSamples(Expressions.rows(e, numbers), kept, classCount);
  }

  /** One-hot [N, before + |C_t|], the task's classes behind {@code before} old ones. */
  NDArray oneHot(int before) {
    int[] places = Arrays.stream(labels).map(y -> y + before).toArray();
    return Expressions.oneHot(e.getManager(), places, before + classCount);
  }

  /** mean_c in e coordinates, [|C_t|, d]. */
  NDArray means() {
    NDArray member = oneHot(0);
    return member.transpose().matMul(e).div(Expressions.columnSum(member).transpose());
  }

  /** Scatter about the class means, float64 [d, d]. */
  NDArray scatter() {
    return Scatter.about(e, oneHot(0));
  }

  /** 1 / n_(y_i), [N, 1]. */
  NDArray inverseCounts() {
    return Expressions.inverseCounts(e.getManager(), labels, counts());
  }
}
