package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.CounterRandom;

/** Arrays of standard normal numbers, the same in every execution. */
final class Gaussians {
  private Gaussians() {}

  /**
   * @param purpose names the numbers
   * @return [rows, columns]
   */
  static NDArray of(NDManager manager, String purpose, int rows, int columns) {
    float[] values = CounterRandom.of(1, 0, purpose, 0).gaussians(rows * columns);
    return manager.create(values, new Shape(rows, columns));
  }
}
