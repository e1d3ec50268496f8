package io.autoseed.learning.ridge;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.Torch;

/** Scores by a regression of one column a class. */
final class RegressionClassifier implements Classifier {
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
    return Rows.inPortions(images, classes.length, this::predicted);
  }

  private float[] predicted(Tensor images) {
    try (NDManager manager = Torch.newManager(device)) {
      NDArray predicted = regression.predicted(manager, images);
      return predicted.toType(DataType.FLOAT32, false).toFloatArray();
    }
  }

  @Override
  public void close() {}
}
