package io.autoseed.learning.lda;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.torch.NdArrays;
import java.util.Arrays;

/**
 * Means and scatter of a training set.
 *
 * @param means float32 [classes, d], in the order of the class numbers asked for
 * @param scatter about the (unrounded) means, float64 [d, d]
 * @param freedom of {@code scatter}
 */
public record ClassMeans(NDArray means, NDArray scatter, double freedom) {
  /**
   * @param numbers the class numbers of the rows of {@code means}; every label is one of them and
   *     every class has an example
   */
  public static ClassMeans of(NDManager manager, TrainingSet set, int[] numbers) {
    NDArray e = wide(manager, set);
    NDArray member = membership(manager, set.labels(), numbers);
    return new ClassMeans(
        means(e, member), Scatter.about(e, member), Scatter.freedom(set.count(), numbers.length));
  }

  /**
   * The means alone, float32 [classes, d].
   *
   * @param numbers as for {@link #of}
   */
  public static NDArray means(NDManager manager, TrainingSet set, int[] numbers) {
    return means(wide(manager, set), membership(manager, set.labels(), numbers));
  }

  private static NDArray means(NDArray e, NDArray member) {
    NDArray count = member.sum(new int[] {0}, true).transpose();
    return member.transpose().matMul(e).div(count).toType(DataType.FLOAT32, false);
  }

  private static NDArray wide(NDManager manager, TrainingSet set) {
    return NdArrays.toArray(manager, set.images()).toType(DataType.FLOAT64, false);
  }

  private static NDArray membership(NDManager manager, int[] labels, int[] numbers) {
    double[] values = new double[labels.length * numbers.length];
    int[] counts = new int[numbers.length];
    for (int i = 0; i < labels.length; i++) {
      int column = column(labels[i], numbers);
      counts[column]++;
      values[i * numbers.length + column] = 1;
    }
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] == 0) {
        throw new IllegalArgumentException(
            "class " + numbers[c] + " has no training example: a class mean needs one");
      }
    }
    return manager.create(values, new Shape(labels.length, numbers.length));
  }

  /** The place of {@code label} in {@code numbers}. */
  public static int column(int label, int[] numbers) {
    for (int c = 0; c < numbers.length; c++) {
      if (numbers[c] == label) {
        return c;
      }
    }
    throw new IllegalArgumentException("label " + label + " is none of the classes expected");
  }

  /** {@link #column} of each label. */
  public static long[] columns(int[] labels, int[] numbers) {
    return Arrays.stream(labels).mapToLong(label -> column(label, numbers)).toArray();
  }
}
