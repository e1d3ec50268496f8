package io.autoseed.learning.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;

/**
 * The z-score of each coordinate, (x - centre) / scale. Scaling a coordinate to [0, 1] first, as
 * CGIL does, gives the same numbers. A coordinate in which all rows agree becomes 0, and its centre
 * again on the way back.
 *
 * @param centre mean of each coordinate, float32 [d]
 * @param scale standard deviation of each coordinate (of n - 1), float32 [d]; 0 where it is below
 *     1e-9
 */
public record Standardisation(Tensor centre, Tensor scale) {
  private static final double LEAST_SCALE = 1e-9;

  /**
   * @param rows float32 [n, d], n at least 1
   */
  public static Standardisation of(NDManager owner, Tensor rows) {
    try (NDManager manager = owner.newSubManager()) {
      NDArray x = NdArrays.toArray(manager, rows).toType(DataType.FLOAT64, false);
      NDArray mean = x.mean(new int[] {0});
      NDArray squares = x.sub(mean).square().sum(new int[] {0});
      NDArray scale = squares.div(Math.max(rows.size(0) - 1, 1)).sqrt();
      NDArray kept = scale.mul(scale.gt(LEAST_SCALE).toType(DataType.FLOAT64, false));
      return new Standardisation(narrow(mean), narrow(kept));
    }
  }

  private static Tensor narrow(NDArray wide) {
    return NdArrays.toTensor(wide.toType(DataType.FLOAT32, false));
  }

  /** The z-scores of rows, [n, d]. */
  NDArray forth(NDManager manager, Tensor rows) {
    NDArray x = NdArrays.toArray(manager, rows).sub(NdArrays.toArray(manager, centre));
    NDArray s = NdArrays.toArray(manager, scale);
    NDArray flat = s.lte(0).toType(DataType.FLOAT32, false);
    return x.mul(flat.neg().add(1)).div(s.add(flat));
  }

  /** The rows of z-scores, [n, d]. */
  NDArray back(NDManager manager, NDArray z) {
    return z.mul(NdArrays.toArray(manager, scale)).add(NdArrays.toArray(manager, centre));
  }
}
