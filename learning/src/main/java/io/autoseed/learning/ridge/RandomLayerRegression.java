package io.autoseed.learning.ridge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import java.util.function.IntFunction;

/**
 * A ridge regression over a {@link RandomLayer}, H K'. Draws the layer, 4 d M bytes, for the first
 * images and keeps it for all others, which are as wide. Not thread-safe.
 */
final class RandomLayerRegression implements Regression {
  private final IntFunction<float[]> layer;
  private final Tensor keys;
  private float[] weights;

  /**
   * @param layer W by d, as {@link RandomLayer#weights} draws it
   * @param keys K, float64 [C, M]
   */
  RandomLayerRegression(IntFunction<float[]> layer, Tensor keys) {
    this.layer = layer;
    this.keys = keys;
  }

  @Override
  public NDArray predicted(NDManager manager, Tensor images) {
    if (weights == null) {
      weights = layer.apply(images.size(1));
    }
    return RandomLayer.features(manager, images, weights)
        .matMul(NdArrays.toArray(manager, keys).transpose());
  }
}
