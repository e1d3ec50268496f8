package io.autoseed.learning.autoseed;

import static io.autoseed.learning.autoseed.Expressions.times;

import ai.djl.ndarray.NDArray;

/**
 * Logits of seen and of upcoming classes as predictions and the first look use them.
 *
 * @param k keys of the seen classes, those of the upcoming ones behind, [C, d]
 * @param covariance of the same classes; null for one that all share
 * @param own {@link SeedCovariance#own} of the keys; null without a covariance
 */
record ClassLogits(NDArray k, SeedCovariance covariance, NDArray own) {

  /** Of keys whose classes all share one covariance. */
  static ClassLogits alike(NDArray k) {
    return new ClassLogits(k, null, null);
  }

  /**
   * @param a A, [d, d]
   * @param seen keys of the bank's classes, [C, d]
   * @param upcoming keys of classes known by name alone, [U, d], or null for none
   */
  static ClassLogits of(
      AutoSeedSettings settings, SeedBank bank, NDArray a, NDArray seen, NDArray upcoming) {
    NDArray k = upcoming == null ? seen : seen.concat(upcoming, 0);
    if (!settings.seedCovariance()) {
      return alike(k);
    }
    SeedCovariance covariance = SeedCovariance.of(bank, a, upcoming);
    return new ClassLogits(k, covariance, covariance.own(k));
  }

  /** Of images in whitened coordinates [N, d], [N, C]. */
  NDArray of(NDArray z) {
    NDArray linear = Keys.logits(z, k);
    return covariance == null
        ? linear
        : linear.add(times(covariance.correction(z, own), 1 / Keys.TEMPERATURE));
  }
}
