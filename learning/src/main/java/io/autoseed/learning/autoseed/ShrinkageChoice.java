package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.torch.LinearAlgebra;

/**
 * The choice of lambda: what a fold of the task, held out, loses under each candidate. The losses
 * are summed over folds and tasks; lambda is the best by its best temperature.
 */
final class ShrinkageChoice {
  private static final double[] LAMBDAS = {.05, .1, .2, .4};
  private static final double[] TEMPERATURES = {2, 4, 8, 16};

  /** Number of running losses. */
  static final int CANDIDATES = LAMBDAS.length * TEMPERATURES.length;

  /** lambda before any choice. */
  static final double LEAST = LAMBDAS[0];

  private ShrinkageChoice() {}

  /** argmin over lambda of the min over T' of the running losses. */
  static double best(double[] losses) {
    int best = 0;
    for (int i = 1; i < losses.length; i++) {
      if (losses[i] < losses[best]) {
        best = i;
      }
    }
    return LAMBDAS[best / TEMPERATURES.length];
  }

  /**
   * The running losses after a fold.
   *
   * @param statistics S and n as the previous task left them, and the losses so far
   * @param old seed means of the old classes in e coordinates, [C, d], or null for none
   * @param task the task's samples
   * @param random of a fresh permutation
   */
  static double[] afterFold(
      Statistics statistics, NDArray old, TaskSamples task, CounterRandom random) {
    boolean[] held = HoldOut.choose(task.labels(), task.classCount(), 2, random);
    int[] out = HoldOut.numbers(held, true);
    if (out.length == 0) {
      return statistics.losses();
    }
    TaskSamples rest = task.only(HoldOut.numbers(held, false));
    TaskSamples tested = task.only(out);
    int before = old == null ? 0 : (int) old.size(0);
    NDArray y = tested.oneHot(before);
    NDArray keys = Expressions.stack(old, rest.means());

    Scatter within = statistics.within();
    NDArray s = within.array(task.e().getManager()).add(rest.scatter());
    double n = within.freedom() + rest.freedom(task.classCount());
    LinearAlgebra.Eigen eigen = LinearAlgebra.eigh(s.div(n));
    NDArray e = eigen.values().maximum(0);
    NDArray u = eigen.vectors();
    NDArray z = tested.e().toType(DataType.FLOAT64, false).matMul(u);
    NDArray k = keys.toType(DataType.FLOAT64, false).matMul(u);
    double[] losses = statistics.losses().clone();
    for (int i = 0; i < LAMBDAS.length; i++) {
      double lambda = LAMBDAS[i];
      NDArray shrunk = e.mul(1 - lambda).add(e.mean().mul(lambda));
      NDArray root = shrunk.maximum(1e-8).pow(-0.5);
      NDArray logits = Keys.logits(z.mul(root), k.mul(root), 1);
      for (int j = 0; j < TEMPERATURES.length; j++) {
        NDArray ce = Expressions.crossEntropy(logits.div(TEMPERATURES[j]), y);
        losses[i * TEMPERATURES.length + j] += Expressions.value(ce.mul(tested.trust()).sum());
      }
    }
    return losses;
  }
}
