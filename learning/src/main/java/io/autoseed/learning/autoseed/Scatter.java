package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * A sum of (e - mean)(e - mean)' over groups, in e coordinates, and its degrees of freedom.
 * Additive over tasks.
 */
record Scatter(Symmetric sum, double freedom) {
  static Scatter none(int d) {
    return new Scatter(Symmetric.zero(d), 0);
  }

  int width() {
    return sum.d();
  }

  /**
   * The scatter of {@code e} about the means of its groups, float64 [d, d].
   *
   * @param e [N, d]
   * @param groups one-hot [N, groups]; every group has a member
   */
  static NDArray about(NDArray e, NDArray groups) {
    NDArray x = e.toType(DataType.FLOAT64, false);
    NDArray member = groups.toType(DataType.FLOAT64, false);
    NDArray count = Expressions.columnSum(member).transpose();
    NDArray means = member.transpose().matMul(x).div(count);
    NDArray centred = x.sub(member.matMul(means));
    return centred.transpose().matMul(centred);
  }

  /** Degrees of freedom of {@code samples} about {@code groups} means: at least 1. */
  static double freedom(int samples, int groups) {
    return Math.max(samples - groups, 1);
  }

  /** This scatter with {@code more} (float64 [d, d]) added. */
  Scatter plus(NDArray more, double moreFreedom) {
    NDArray total = sum.array64(more.getManager()).add(more);
    return new Scatter(Symmetric.of(total), freedom + moreFreedom);
  }

  /** The sum, float64 [d, d]. */
  NDArray array(NDManager manager) {
    return sum.array64(manager);
  }
}
