package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;

/**
 * Classes of which nothing but the name is known.
 *
 * @param keys k_u = A_T(w_u), in whitened coordinates; without consistency the mean of all seen
 *     classes' means for each, [U, d]
 * @param contrasts w_u - mean of the seen classes' names, in e coordinates, [U, d]
 */
record Upcoming(NDArray keys, NDArray contrasts) {

  /**
   * What the frozen encoders themselves make of images e [N, d]: e . (w_u - mean of seen names),
   * [N, U]. Their score of seen classes is 0 on average.
   */
  NDArray byEncoders(NDArray e) {
    return e.matMul(contrasts.transpose());
  }
}
