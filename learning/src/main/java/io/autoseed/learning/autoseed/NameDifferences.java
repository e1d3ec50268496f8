package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;

/**
 * Keys of unseen classes without consistency: k_u = m + gamma D (w - wbar) / mean |w - wbar| A. The
 * names are scaled to the spread of the seed means, nothing is fitted but gamma.
 */
final class NameDifferences {
  private NameDifferences() {}

  /**
   * One key a row of {@code names}.
   *
   * @param seen names of the classes seen, [C, d]
   * @param means their seed means in e coordinates, [C, d]
   * @param a A, [d, d]
   */
  static NDArray keys(NDArray names, NDArray seen, NDArray means, NDArray a, double gamma) {
    NDArray m = Expressions.meanRow(means);
    NDArray wbar = Expressions.meanRow(seen);
    NDArray spread = Expressions.norms(means.sub(m)).mean();
    NDArray scale = Expressions.norms(seen.sub(wbar)).mean().maximum(1e-12);
    NDArray difference = names.sub(wbar).mul(spread).div(scale);
    return m.add(difference.mul(gamma)).matMul(a);
  }
}
