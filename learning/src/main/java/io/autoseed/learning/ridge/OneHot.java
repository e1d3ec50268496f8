package io.autoseed.learning.ridge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.lda.ClassMeans;

/** Regression targets. */
final class OneHot {
  private OneHot() {}

  /**
   * Y, float64 [n, C].
   *
   * @param classes the class numbers of the columns; every label is one of them
   */
  static NDArray of(NDManager manager, int[] labels, int[] classes) {
    double[] values = new double[labels.length * classes.length];
    for (int i = 0; i < labels.length; i++) {
      values[i * classes.length + ClassMeans.column(labels[i], classes)] = 1;
    }
    return manager.create(values, new Shape(labels.length, classes.length));
  }
}
