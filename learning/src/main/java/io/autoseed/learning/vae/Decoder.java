package io.autoseed.learning.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;

/**
 * The half of a trained {@link VaeShape} that draws rows.
 *
 * @param weights of the decoder, float16 or float32
 */
public record Decoder(VaeShape shape, Tensor weights, Standardisation standard) {
  /**
   * Unit rows, one for each row of noise: the decoder's answers, scaled back and to length 1.
   *
   * @param noise draws from N(0, 1), [n latent]
   * @return [n, d], owned by {@code manager}
   */
  public NDArray draw(NDManager manager, float[] noise) {
    int n = noise.length / shape.latent();
    try (NDManager inner = manager.newSubManager()) {
      NDArray z = inner.create(noise, new Shape(n, shape.latent()));
      NDArray widths = inner.create(new long[] {shape.hidden(), shape.d()});
      NDArray w = NdArrays.toArray(inner, weights);
      NDArray rows = standard.back(inner, VaeScripts.MODULE.call("decoded", w, z, widths));
      NDArray length = rows.square().sum(new int[] {1}, true).sqrt().maximum(1e-12);
      NDArray units = rows.div(length);
      units.attach(manager);
      return units;
    }
  }
}
