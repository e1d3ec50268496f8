package io.autoseed.learning.metrics;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.LinearAlgebra;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;

/**
 * The plane of a joint space in which some classes differ most: the first two principal components
 * of their means. A vector x stands in it at U'(x - m), with m the mean of the class means mu_c and
 * U the unit eigenvectors of sum_c (mu_c - m)(mu_c - m)' with the two largest eigenvalues.
 *
 * @param origin m, float64 [d]
 * @param axes U', float64 [2, d]
 * @param explained the two eigenvalues' share of the sum of all, in percent
 */
public record ClassPlane(Tensor origin, Tensor axes, double explained) {
  private static final int AXES = 2;
  private static final double SMALLEST_SHARE = 1e-9;

  /**
   * @param means mu_c, float32 [C, d], C >= 3
   * @throws IllegalArgumentException if the means are fewer, or lie on a line
   */
  public static ClassPlane of(Tensor means) {
    int classes = means.size(0);
    if (classes <= AXES) {
      throw new IllegalArgumentException("a plane takes three class means, found " + classes);
    }
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray mu = NdArrays.toArray(manager, means).toType(DataType.FLOAT64, false);
      NDArray m = mu.mean(new int[] {0});
      NDArray a = mu.sub(m);
      // The eigenvectors of a'a are a'v of those of aa', which is only [C, C].
      LinearAlgebra.Eigen eigen = LinearAlgebra.eigh(a.matMul(a.transpose()));
      double[] values = eigen.values().toDoubleArray();
      double all = 0;
      for (double value : values) {
        all += value;
      }
      double second = values[classes - AXES];
      if (second <= SMALLEST_SHARE * all) {
        throw new IllegalArgumentException("the class means lie on a line, which spans no plane");
      }
      NDArray largest = eigen.vectors().flip(1).get(":, :" + AXES);
      NDArray along = largest.transpose().matMul(a);
      NDArray axes = along.div(along.square().sum(new int[] {1}, true).sqrt());
      return new ClassPlane(
          NdArrays.toTensor(m),
          NdArrays.toTensor(axes),
          100 * (values[classes - 1] + second) / all);
    }
  }

  /**
   * Where vectors stand in the plane.
   *
   * @param vectors float32 [n, d]
   * @return [n][2]: the first component, then the second
   */
  public double[][] place(Tensor vectors) {
    int width = vectors.size(1);
    float[] x = vectors.floats();
    double[] m = origin.doubles();
    double[] u = axes.doubles();
    double[][] places = new double[vectors.size(0)][AXES];
    for (int row = 0; row < places.length; row++) {
      for (int axis = 0; axis < AXES; axis++) {
        for (int k = 0; k < width; k++) {
          places[row][axis] += u[axis * width + k] * (x[row * width + k] - m[k]);
        }
      }
    }
    return places;
  }
}
