package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** The array expressions that the formulas share. Rows are vectors; [n, 1] are columns. */
final class Expressions {
  /** eps of every norm. */
  private static final double EPS = 1e-12;

  private Expressions() {}

  /**
   * factor x. Used for {@code x.mul(number)} wherever gradients are recorded: that one frees its
   * number at once, while the graph still reads it, and a garbage collection before the backward
   * pass turns it into noise.
   */
  static NDArray times(NDArray x, double factor) {
    return x.mul(x.getManager().create(factor));
  }

  /** max(x, least), with a number that lives as long as the graph: see {@link #times}. */
  static NDArray atLeast(NDArray x, double least) {
    return x.maximum(x.getManager().create(least));
  }

  /** [n, 1] sums over each row. */
  static NDArray rowSum(NDArray x) {
    return x.sum(new int[] {1}, true);
  }

  /** [1, m] sums over each column. */
  static NDArray columnSum(NDArray x) {
    return x.sum(new int[] {0}, true);
  }

  /** [1, m] mean row. */
  static NDArray meanRow(NDArray x) {
    return columnSum(x).div(x.size(0));
  }

  /** [n, 1] lengths of rows, differentiable at 0. */
  static NDArray norms(NDArray x) {
    return rowSum(x.square()).add(EPS * EPS).sqrt();
  }

  /** I, [n, n], of the type of {@code like}. */
  static NDArray identity(NDArray like, long n) {
    return like.getManager().eye((int) n).toType(like.getDataType(), false);
  }

  /** [n, 1] diagonal of a square matrix. */
  static NDArray diagonal(NDArray square) {
    return rowSum(square.mul(identity(square, square.size(0))));
  }

  /** The value of a single number of any type. */
  static double value(NDArray single) {
    return single.toType(DataType.FLOAT64, false).getDouble();
  }

  /** [n, 1] cosines of equally numbered rows. */
  static NDArray cosines(NDArray x, NDArray y) {
    return rowSum(x.mul(y)).div(norms(x).mul(norms(y)));
  }

  /** [n, 1] log sum exp over each row. */
  static NDArray logSumExp(NDArray x) {
    NDArray most = x.max(new int[] {1}, true).stopGradient();
    return rowSum(x.sub(most).exp()).log().add(most);
  }

  /** [n, 1] cross-entropy of each row of logits against its row of {@code oneHot}. */
  static NDArray crossEntropy(NDArray logits, NDArray oneHot) {
    return rowSum(logits.logSoftmax(1).mul(oneHot)).neg();
  }

  /** [n, columns] float32 rows of zeros with a one at {@code index}. */
  static NDArray oneHot(NDManager manager, int[] index, int columns) {
    float[] values = new float[index.length * columns];
    for (int i = 0; i < index.length; i++) {
      values[i * columns + index[i]] = 1;
    }
    return manager.create(values, new Shape(index.length, columns));
  }

  /** A float32 column. */
  static NDArray column(NDManager manager, float[] values) {
    return manager.create(values, new Shape(values.length, 1));
  }

  /** The rows of {@code x} with these numbers, in this order. */
  static NDArray rows(NDArray x, int[] numbers) {
    NDArray index = x.getManager().create(numbers).toType(DataType.INT64, false);
    return x.get(index);
  }

  /** Rows of both, one above the other; {@code above} may be null for none. */
  static NDArray stack(NDArray above, NDArray below) {
    return above == null ? below : above.concat(below, 0);
  }
}
