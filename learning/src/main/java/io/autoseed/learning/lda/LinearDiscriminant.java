package io.autoseed.learning.lda;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;

/**
 * The nearest key by Mahalanobis distance: (z - k_c)^2 in whitened coordinates z = e A is, up to a
 * term that all classes share, -2 (z . k_c - |k_c|^2 / 2), which is linear in e.
 */
public final class LinearDiscriminant {
  private LinearDiscriminant() {}

  /**
   * l_c(e) = e . (Cov^-1 m_c) - m_c' Cov^-1 m_c / 2.
   *
   * @param keys m, e coordinates, float32 [C, d]
   * @param within S and n of the shared covariance
   * @param lambda its shrinkage towards the sphere, in (0, 1]
   */
  public static LinearClassifier classifier(
      Device device, int[] classes, Tensor keys, Scatter within, double lambda) {
    try (NDManager manager = Torch.newManager(device)) {
      NDArray m = NdArrays.toArray(manager, keys).toType(DataType.FLOAT64, false);
      NDArray linear = m.matMul(Whitening.of(manager, within, lambda).precision());
      NDArray bias = linear.mul(m).sum(new int[] {1}).div(-2);
      return new LinearClassifier(
          classes,
          NdArrays.toTensor(linear.toType(DataType.FLOAT32, false)),
          bias.toType(DataType.FLOAT32, false).toFloatArray());
    }
  }
}
