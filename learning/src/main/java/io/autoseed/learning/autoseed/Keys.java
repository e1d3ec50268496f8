package io.autoseed.learning.autoseed;

import static io.autoseed.learning.autoseed.Expressions.times;

import ai.djl.ndarray.NDArray;

/** Logits of keys in whitened coordinates, and the gradient of their cross-entropy. */
final class Keys {
  /** T. */
  static final double TEMPERATURE = 4;

  private Keys() {}

  /** l_c(z) = (z . k_c - |k_c|^2 / 2) / T, [N, C]. */
  static NDArray logits(NDArray z, NDArray k) {
    return logits(z, k, TEMPERATURE);
  }

  static NDArray logits(NDArray z, NDArray k, double temperature) {
    NDArray half = times(Expressions.rowSum(k.square()), 0.5).transpose();
    return times(z.matMul(k.transpose()).sub(half), 1 / temperature);
  }

  /**
   * (E1) The gradient of sum_i omega_i CE_i in the keys.
   *
   * @param z [N, d]
   * @param k [C, d]
   * @param y one-hot [N, C]
   * @param omega [N, 1]
   * @return g, [C, d]
   */
  static NDArray gradient(NDArray z, NDArray k, NDArray y, NDArray omega) {
    NDArray p = logits(z, k).softmax(1);
    NDArray r = p.sub(y).mul(omega);
    NDArray pulled = r.transpose().matMul(z);
    NDArray held = Expressions.columnSum(r).transpose().mul(k);
    return times(pulled.sub(held), 1 / TEMPERATURE);
  }

  /** CE_i, [N, 1]. */
  static NDArray crossEntropy(NDArray z, NDArray k, NDArray y) {
    return Expressions.crossEntropy(logits(z, k), y);
  }
}
