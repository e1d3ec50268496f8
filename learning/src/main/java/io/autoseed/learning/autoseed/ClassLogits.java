package io.autoseed.learning.autoseed;

import static io.autoseed.learning.autoseed.Expressions.times;

import ai.djl.ndarray.NDArray;

/**
 * Logits of seen and of upcoming classes as predictions and the first look use them.
 *
 * @param k keys of the seen classes, those of the upcoming ones behind, [C, d]
 * @param covariance of the same classes; null for one that all share
 */
record ClassLogits(NDArray k, SeedCovariance covariance) {

  /**
   * @param a A, [d, d]
   * @param seen keys of the bank's classes, [C, d]
   * @param upcoming keys of classes known by name alone, [U, d], or null for none
   */
  static ClassLogits of(
      AutoSeedSettings settings, SeedBank bank, NDArray a, NDArray seen, NDArray upcoming) {
    return new ClassLogits(
        upcoming == null ? seen : seen.concat(upcoming, 0),
        settings.seedCovariance() ? SeedCovariance.of(bank, a, upcoming) : null);
  }

  /** Of images in whitened coordinates [N, d], [N, C]. */
  NDArray of(NDArray z) {
    NDArray linear = Keys.logits(z, k);
    return covariance == null
        ? linear
        : linear.add(times(covariance.correction(z, k), 1 / Keys.TEMPERATURE));
  }
}
