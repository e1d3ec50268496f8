package io.autoseed.learning.ridge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.tensor.Tensor;

/** What a regression predicts. */
interface Regression {
  /**
   * Predicted targets, float64 [n, C].
   *
   * @param images float32 [n, d]
   */
  NDArray predicted(NDManager manager, Tensor images);
}
