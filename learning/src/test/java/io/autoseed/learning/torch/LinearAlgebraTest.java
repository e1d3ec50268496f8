package io.autoseed.learning.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearAlgebraTest {
  @Test
  void eigenvaluesAscendAndEigenvectorsRebuildTheMatrix() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray a = symmetric(manager, 40);
      LinearAlgebra.Eigen eigen = LinearAlgebra.eigh(a);
      assertThat(eigen.values().toDoubleArray()).isSorted();
      NDArray rebuilt = eigen.vectors().mul(eigen.values()).matMul(eigen.vectors().transpose());
      assertThat(largestDifference(rebuilt, a)).isLessThan(1e-12);
    }
  }

  @Test
  void theLargestComponentOfEachEigenvectorIsPositive() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray vectors = LinearAlgebra.eigh(symmetric(manager, 25)).vectors();
      double[] values = vectors.toDoubleArray();
      for (int column = 0; column < 25; column++) {
        int j = column;
        double[] vector = IntStream.range(0, 25).mapToDouble(i -> values[i * 25 + j]).toArray();
        double largest = 0;
        for (double v : vector) {
          largest = Math.abs(v) > Math.abs(largest) ? v : largest;
        }
        assertThat(largest).isPositive();
      }
    }
  }

  @Test
  void aKnownMatrixHasItsKnownEigenvectors() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray a = manager.create(new double[] {2, 0, 0, -3}, new Shape(2, 2));
      LinearAlgebra.Eigen eigen = LinearAlgebra.eigh(a);
      assertThat(eigen.values().toDoubleArray()).containsExactly(-3, 2);
      assertThat(eigen.vectors().toDoubleArray()).containsExactly(0, 1, 1, 0);
    }
  }

  @Test
  void solveAndInverseUndoAMultiplication() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray a = manager.create(new double[] {4, 1, 2, 3}, new Shape(2, 2));
      NDArray x = manager.create(new double[] {1, 2, -1, 5}, new Shape(2, 2));
      NDArray b = a.matMul(x);
      assertThat(largestDifference(LinearAlgebra.solve(a, b), x)).isLessThan(1e-14);
      assertThat(largestDifference(LinearAlgebra.inverse(a).matMul(b), x)).isLessThan(1e-14);
    }
  }

  @Test
  void aPositiveDefiniteSystemIsSolvedThroughItsCholeskyFactor() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray a = manager.create(new double[] {4, 2, 2, 5}, new Shape(2, 2));
      NDArray x = manager.create(new double[] {3, -1}, new Shape(2, 1));
      assertThat(LinearAlgebra.cholesky(a).toDoubleArray()).containsExactly(2, 0, 1, 2);
      NDArray solved = LinearAlgebra.solvePositive(a, a.matMul(x));
      assertThat(largestDifference(solved, x)).isCloseTo(0, within(1e-14));
    }
  }

  private static NDArray symmetric(NDManager manager, int n) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double v = StrictMath.sin(1.0 + 7 * i + 13 * j);
        values[i * n + j] = v;
        values[j * n + i] = v;
      }
    }
    return manager.create(values, new Shape(n, n));
  }

  private static double largestDifference(NDArray a, NDArray b) {
    return a.sub(b).abs().max().getDouble();
  }
}
