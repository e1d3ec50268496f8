package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * Adam (Kingma and Ba 2015) with named state, so that a loop can go on from a snapshot. Betas 0.9
 * and 0.999, eps 1e-8.
 *
 * @param parameter what is optimized
 * @param first moving mean of gradients
 * @param second moving mean of squared gradients
 * @param steps steps done
 */
record Adam(NDArray parameter, NDArray first, NDArray second, int steps) {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPS = 1e-8;

  /** With fresh moments. */
  static Adam fresh(NDArray parameter) {
    return new Adam(parameter, parameter.zerosLike(), parameter.zerosLike(), 0);
  }

  Adam step(NDArray gradient, double rate) {
    int t = steps + 1;
    NDArray m = first.mul(BETA_1).add(gradient.mul(1 - BETA_1));
    NDArray v = second.mul(BETA_2).add(gradient.square().mul(1 - BETA_2));
    NDArray mean = m.div(1 - StrictMath.pow(BETA_1, t));
    NDArray size = v.div(1 - StrictMath.pow(BETA_2, t)).sqrt().add(EPS);
    return new Adam(parameter.sub(mean.div(size).mul(rate)), m, v, t);
  }

  /** Lets the arrays outlive the enclosing {@link NDScope}; their manager frees them. */
  Adam kept() {
    NDScope.unregister(parameter, first, second);
    return this;
  }

  /** Frees the arrays. */
  void close() {
    parameter.close();
    first.close();
    second.close();
  }
}
