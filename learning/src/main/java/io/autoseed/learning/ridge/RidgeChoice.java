package io.autoseed.learning.ridge;

import ai.djl.ndarray.NDArray;
import io.autoseed.learning.torch.LinearAlgebra;

/**
 * lambda of a ridge regression, by the mean squared error of the last fifth of the examples after
 * regression on the others, among 10^-8 .. 10^8 (RanPAC, arXiv 2307.02251, appendix C, and its
 * code). One eigendecomposition on the smaller side serves all candidates.
 */
final class RidgeChoice {
  private static final int LEAST_EXPONENT = -8;
  private static final int MOST_EXPONENT = 8;
  private static final double REGRESSED = 0.8;

  private RidgeChoice() {}

  /**
   * The best candidate; 1 if there are fewer than five examples.
   *
   * @param h features in random order, float64 [n, M]
   * @param y one-hot labels, float64 [n, C]
   */
  static double of(NDArray h, NDArray y) {
    long n = h.size(0);
    long regressed = (long) (n * REGRESSED);
    if (regressed < 4) {
      return 1;
    }
    NDArray rest = h.get(":" + regressed);
    NDArray held = h.get(regressed + ":");
    NDArray restY = y.get(":" + regressed);
    NDArray heldY = y.get(regressed + ":");
    boolean fewer = regressed <= h.size(1);
    NDArray gram = fewer ? rest.matMul(rest.transpose()) : rest.transpose().matMul(rest);
    NDArray left = fewer ? held.matMul(rest.transpose()) : held;
    NDArray right = fewer ? restY : rest.transpose().matMul(restY);
    LinearAlgebra.Eigen eigen = LinearAlgebra.eigh(gram);
    NDArray values = eigen.values().maximum(0).reshape(-1, 1);
    NDArray from = left.matMul(eigen.vectors());
    NDArray to = eigen.vectors().transpose().matMul(right);
    double best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int exponent = LEAST_EXPONENT; exponent <= MOST_EXPONENT; exponent++) {
      double lambda = StrictMath.pow(10, exponent);
      NDArray predicted = from.matMul(to.div(values.add(lambda)));
      double error = predicted.sub(heldY).square().mean().getDouble();
      if (error < least) {
        least = error;
        best = lambda;
      }
    }
    return best;
  }
}
