package io.autoseed.learning.lda;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * A sum of (e - mean)(e - mean)' over groups, in e coordinates, and its degrees of freedom.
 * Additive over tasks.
 */
public record Scatter(Symmetric sum, double freedom) {
  public static Scatter none(int d) {
    return new Scatter(Symmetric.zero(d), 0);
  }

  public int width() {
    return sum.d();
  }

  /**
   * The scatter of {@code e} about the means of its groups, float64 [d, d].
   *
   * @param e [N, d]
   * @param groups one-hot [N, groups]; every group has a member
   */
  public static NDArray about(NDArray e, NDArray groups) {
    return about(e, groups, e.getManager().ones(new Shape(e.size(0), 1)));
  }

  /**
   * The scatter of {@code e} about the weighted means of its groups, each sample counting with its
   * weight, float64 [d, d].
   *
   * @param e [N, d]
   * @param groups one-hot [N, groups]; every group has a member of positive weight
   * @param weights at least 0, [N, 1]
   */
  public static NDArray about(NDArray e, NDArray groups, NDArray weights) {
    NDArray x = e.toType(DataType.FLOAT64, false);
    NDArray member = groups.toType(DataType.FLOAT64, false);
    NDArray weight = weights.toType(DataType.FLOAT64, false);
    NDArray counted = member.mul(weight);
    NDArray count = counted.sum(new int[] {0}, true).transpose();
    NDArray means = counted.transpose().matMul(x).div(count);
    NDArray centred = x.sub(member.matMul(means));
    return centred.transpose().matMul(centred.mul(weight));
  }

  /**
   * Degrees of freedom of samples about {@code groups} means: at least 1.
   *
   * @param samples their number, or the sum of their weights
   */
  public static double freedom(double samples, int groups) {
    return Math.max(samples - groups, 1);
  }

  /** This scatter with {@code more} (float64 [d, d]) added. */
  public Scatter plus(NDArray more, double moreFreedom) {
    NDArray total = sum.array64(more.getManager()).add(more);
    return new Scatter(Symmetric.of(total), freedom + moreFreedom);
  }

  /** The sum, float64 [d, d]. */
  public NDArray array(NDManager manager) {
    return sum.array64(manager);
  }
}
