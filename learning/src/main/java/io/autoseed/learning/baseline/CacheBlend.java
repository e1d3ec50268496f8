package io.autoseed.learning.baseline;

import io.autoseed.learning.tensor.Tensor;

/**
 * How the cache enters the logits of {@link TipAdapter}.
 *
 * @param a its weight beside the text embeddings; 0: zero-shot
 * @param b its sharpness
 * @param accuracy of the cached features, each left out, in percent
 */
record CacheBlend(double a, double b, double accuracy) {
  /** [a, b, accuracy], float64. */
  Tensor tensor() {
    return Tensor.of(new double[] {a, b, accuracy}, 3);
  }

  static CacheBlend of(Tensor kept) {
    double[] values = kept.doubles();
    return new CacheBlend(values[0], values[1], values[2]);
  }
}
