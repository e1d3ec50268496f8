package io.autoseed.learning.ridge;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.Torch;

/** Scores by a regression of one column a class. */
final class RegressionClassifier implements Classifier {
  private static final int ROWS_AT_ONCE = 512;

  private final Device device;
  private final int[] classes;
  private final Regression regression;

  RegressionClassifier(Device device, int[] classes, Regression regression) {
    this.device = device;
    this.classes = classes.clone();
    this.regression = regression;
  }

  @Override
  public int[] classes() {
    return classes.clone();
  }

  @Override
  public Tensor scores(Tensor images) {
    int count = images.size(0);
    int width = images.size(1);
    float[] rows = images.floats();
    float[] scores = new float[Math.multiplyExact(count, classes.length)];
    for (int from = 0; from < count; from += ROWS_AT_ONCE) {
      int size = Math.min(ROWS_AT_ONCE, count - from);
      float[] some = new float[size * width];
      System.arraycopy(rows, from * width, some, 0, some.length);
      try (NDManager manager = Torch.newManager(device)) {
        NDArray predicted = regression.predicted(manager, Tensor.of(some, size, width));
        float[] values = predicted.toType(DataType.FLOAT32, false).toFloatArray();
        System.arraycopy(values, 0, scores, from * classes.length, values.length);
      }
    }
    return Tensor.of(scores, count, classes.length);
  }

  @Override
  public void close() {}
}
