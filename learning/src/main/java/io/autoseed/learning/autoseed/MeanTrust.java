package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;

/**
 * (E4) How much to trust a class mean: r2 is how far names miss the means, b the part of it that is
 * not the means' own noise; kl0 = log(b n_c) is the logit of the shrinkage that is best for such a
 * prior.
 */
record MeanTrust(double r2, double b) {
  /** kl0 where the names can't tell: in the first task and up to three classes. */
  static final double BLIND = 3;

  /**
   * Of all C classes.
   *
   * @param z class means, [C, d]
   * @param p their predictions, [C, d]
   * @param counts n_c
   */
  static MeanTrust of(NDArray z, NDArray p, int[] counts) {
    double r2 = Expressions.value(z.sub(p).square().mean());
    double noise = 0;
    for (int n : counts) {
      noise += 1.0 / n / counts.length;
    }
    return new MeanTrust(r2, Math.max(r2 - noise, 0.05 * r2));
  }

  /** log(b n_c). */
  double logOdds(int count) {
    return StrictMath.log(b * count);
  }

  /** kl0_c = max(1, log(b n_c)). */
  double kl0(int count) {
    return Math.max(1, logOdds(count));
  }
}
