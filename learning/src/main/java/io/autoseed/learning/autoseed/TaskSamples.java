package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
 * @param trust omega_i, how far each label is believed, in (0, 1], [N, 1]
 */
record TaskSamples(NDArray e, int[] labels, int classCount, NDArray trust) {

  /**
   * Those of a phase's input, all labels believed.
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
    NDArray all = manager.ones(new Shape(labels.length, 1));
    TaskSamples samples =
        new TaskSamples(NdArrays.toArray(manager, set.images()), labels, numbers.length, all);
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
    return new TaskSamples(
        Expressions.rows(e, numbers), kept, classCount, Expressions.rows(trust, numbers));
  }

  /** The same samples, their labels believed so far: omega_i in (0, 1], [N]. */
  TaskSamples trusted(float[] omega) {
    return new TaskSamples(e, labels, classCount, Expressions.column(e.getManager(), omega));
  }

  /** One-hot [N, before + |C_t|], the task's classes behind {@code before} old ones. */
  NDArray oneHot(int before) {
    int[] places = Arrays.stream(labels).map(y -> y + before).toArray();
    return Expressions.oneHot(e.getManager(), places, before + classCount);
  }

  /** mean_c = sum omega_i e_i / sum omega_i in e coordinates, [|C_t|, d]. */
  NDArray means() {
    return oneHot(0).mul(shares()).transpose().matMul(e);
  }

  /** Scatter about the class means, float64 [d, d]. */
  NDArray scatter() {
    return scatter(labels);
  }

  /**
   * Scatter about the means of groups, float64 [d, d].
   *
   * @param groups each sample's, counted from 0, none of them empty, [N]
   */
  NDArray scatter(int[] groups) {
    int count = Arrays.stream(groups).max().orElseThrow() + 1;
    return Scatter.about(e, Expressions.oneHot(e.getManager(), groups, count), trust);
  }

  /** Degrees of freedom about {@code groups} means: max(sum omega_i - groups, 1). */
  double freedom(int groups) {
    return Scatter.freedom(Expressions.value(trust.sum()), groups);
  }

  /** Each sample's share of its class, omega_i / sum of its class's omega, [N, 1]. */
  NDArray shares() {
    NDArray counted = oneHot(0).mul(trust);
    return Expressions.rowSum(counted.div(Expressions.columnSum(counted)));
  }
}
