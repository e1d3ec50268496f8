package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;

/**
 * The gradient signature of a task at k0.
 *
 * @param q q_i = 1 - p_i,yi + 0.1, [N, 1]
 * @param g g_c, minus the gradient of each of the task's keys, [|C_t|, d]
 */
record Signature(NDArray q, NDArray g) {
  private static final double LEAST = 0.1;

  /**
   * @param z [N, d]
   * @param y one-hot [N, C]
   * @param omega each sample's share of its class, [N, 1]
   * @param old number of old classes, whose rows of the gradient are dropped
   */
  static Signature of(NDArray z, NDArray y, NDArray omega, NDArray k0, int old) {
    NDArray p = Keys.logits(z, k0).softmax(1);
    NDArray q = Expressions.rowSum(p.mul(y)).neg().add(1 + LEAST);
    NDArray all = Keys.gradient(z, k0, y, omega).neg();
    return new Signature(q, all.get(old + ":"));
  }
}
