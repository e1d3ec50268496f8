package io.autoseed.learning.strategy;

import io.autoseed.learning.tensor.Tensor;

/**
 * The training examples of one task in the joint space.
 *
 * @param images e = f_I(x), one unit row an example, float32 [N, d]
 * @param labels class number of each example, [N]
 */
public record TrainingSet(Tensor images, int[] labels) {
  public TrainingSet {
    if (images.size(0) != labels.length) {
      throw new IllegalArgumentException(
          images.size(0) + " images but " + labels.length + " labels");
    }
    labels = labels.clone();
  }

  public int count() {
    return labels.length;
  }
}
