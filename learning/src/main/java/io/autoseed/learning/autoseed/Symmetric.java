package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.Tensor;

/**
 * A symmetric matrix as its upper triangle, row by row, float32: d (d + 1) / 2 numbers. The form in
 * which scatters are kept and matrices pass from phase to phase; whatever uses one starts from
 * these bits.
 */
record Symmetric(int d, float[] packed) {
  Symmetric {
    if (packed.length != d * (d + 1) / 2) {
      throw new IllegalArgumentException(
          "a symmetric matrix of width "
              + d
              + " has "
              + d * (d + 1) / 2
              + " numbers, not "
              + packed.length);
    }
  }

  static Symmetric zero(int d) {
    return new Symmetric(d, new float[d * (d + 1) / 2]);
  }

  /** The upper triangle of {@code square} [d, d], float32 or float64. */
  static Symmetric of(NDArray square) {
    int d = (int) square.size(0);
    float[] values = square.toType(DataType.FLOAT32, false).toFloatArray();
    float[] packed = new float[d * (d + 1) / 2];
    int at = 0;
    for (int i = 0; i < d; i++) {
      System.arraycopy(values, i * d + i, packed, at, d - i);
      at += d - i;
    }
    return new Symmetric(d, packed);
  }

  static Symmetric of(Tensor tensor) {
    float[] packed = tensor.floats();
    int d = (int) ((StrictMath.sqrt(8.0 * packed.length + 1) - 1) / 2);
    return new Symmetric(d, packed);
  }

  Tensor tensor() {
    return Tensor.of(packed, packed.length);
  }

  /** The whole matrix, float32 [d, d]. */
  NDArray array(NDManager manager) {
    float[] values = new float[d * d];
    int at = 0;
    for (int i = 0; i < d; i++) {
      for (int j = i; j < d; j++) {
        values[i * d + j] = packed[at];
        values[j * d + i] = packed[at++];
      }
    }
    return manager.create(values, new Shape(d, d));
  }

  /** The whole matrix, float64 [d, d]. */
  NDArray array64(NDManager manager) {
    return array(manager).toType(DataType.FLOAT64, false);
  }
}
