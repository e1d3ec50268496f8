package io.autoseed.learning.ridge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import java.util.Map;

/**
 * A frozen random hidden layer, H = ReLU(z W), W drawn from N(0, 1). Kept as the 8 bytes of its
 * random seed and its width; W is drawn again by whoever needs it.
 *
 * @param randomSeed of the run
 * @param width M
 */
record RandomLayer(long randomSeed, int width) {
  /**
   * Most units. A state of float64 [M (M + 1) / 2] is 64 MB at 4,000, and a worker's heap of 768 MB
   * holds it several times: as it was and as it is, as tensors and as bytes to be stored.
   */
  static final int MOST_WIDTH = 4000;

  private static final String NAME = "layer";

  static RandomLayer of(PhaseInput input, int width) {
    return new RandomLayer(input.randomSeed(), width);
  }

  static RandomLayer of(TensorBundle bundle) {
    int[] kept = bundle.get(NAME).ints();
    return new RandomLayer(((long) kept[0] << 32) | Integer.toUnsignedLong(kept[1]), kept[2]);
  }

  Map<String, Tensor> tensors() {
    int[] kept = {(int) (randomSeed >>> 32), (int) randomSeed, width};
    return Map.of(NAME, Tensor.of(kept, kept.length));
  }

  /** W, float32 [d, M] by rows. */
  float[] weights(int d) {
    return CounterRandom.of(randomSeed, 0, "random-layer", width).gaussians(d * width);
  }

  /**
   * H, float64 [n, M].
   *
   * @param images float32 [n, d]
   */
  NDArray features(NDManager manager, Tensor images) {
    return features(manager, images, weights(images.size(1)));
  }

  /**
   * H, float64 [n, M], with a W that was drawn before.
   *
   * @param images float32 [n, d]
   * @param weights float32 [d, M] by rows
   */
  static NDArray features(NDManager manager, Tensor images, float[] weights) {
    int d = images.size(1);
    Shape shape = new Shape(d, weights.length / d);
    NDArray w = manager.create(weights, shape).toType(DataType.FLOAT64, false);
    NDArray z = NdArrays.toArray(manager, images).toType(DataType.FLOAT64, false);
    return z.matMul(w).maximum(0);
  }
}
