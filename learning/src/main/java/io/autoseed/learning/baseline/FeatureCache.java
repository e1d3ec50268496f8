package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.lda.ClassMeans;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;

/**
 * The cache of Tip-Adapter (arXiv 2207.09519, section 3.2).
 *
 * @param features f, float16 [M, d]
 * @param columns the column of each feature's class, [M]
 * @param classes number of columns
 */
record FeatureCache(Tensor features, int[] columns, int classes, Device device) {
  private static final double[] WEIGHTS = {0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};
  private static final double[] SHARPNESSES = {1, 2, 4, 8, 16, 32};

  /**
   * @param classes class numbers of the columns; every label of the buffer is one of them
   */
  static FeatureCache of(ReplayBuffer buffer, int[] classes, Device device) {
    int[] labels = buffer.labels();
    int[] columns = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      columns[i] = ClassMeans.column(labels[i], classes);
    }
    return new FeatureCache(buffer.images(), columns, classes.length, device);
  }

  /**
   * Sums over the features of each class of exp(-b (1 - z . f)), float32 [n, classes].
   *
   * @param images z, float32 [n, d]
   */
  float[] affinities(Tensor images, double b) {
    try (NDManager manager = Torch.newManager(device)) {
      NDArray z = NdArrays.toArray(manager, images);
      return sums(manager, z.matMul(keys(manager).transpose()), b).toFloatArray();
    }
  }

  /**
   * The best of 10 weights and 6 sharpnesses for the cached features, each classified by the names
   * and all other features; of equals, the first.
   *
   * @param learned the classes of the columns
   */
  CacheBlend bestBlend(TaskClasses learned) {
    try (NDManager manager = Torch.newManager(device);
        LinearClassifier zeroShot = LinearClassifier.zeroShot(learned)) {
      NDArray f = keys(manager);
      float[] cosines = zeroShot.scores(NdArrays.toTensor(f)).floats();
      NDArray similarities = f.matMul(f.transpose());
      NDArray itself = manager.eye(columns.length).mul(Float.MAX_VALUE);
      NDArray others = similarities.sub(itself);
      CacheBlend best = new CacheBlend(0, 0, -1);
      for (double b : SHARPNESSES) {
        float[] affinities = sums(manager, others, b).toFloatArray();
        for (double a : WEIGHTS) {
          double accuracy = accuracy(cosines, affinities, a);
          if (accuracy > best.accuracy()) {
            best = new CacheBlend(a, b, accuracy);
          }
        }
      }
      return best;
    }
  }

  /** f, float32 [M, d]. */
  private NDArray keys(NDManager manager) {
    return NdArrays.toArray(manager, features).toType(DataType.FLOAT32, false);
  }

  private NDArray sums(NDManager manager, NDArray similarities, double b) {
    float[] member = new float[columns.length * classes];
    for (int i = 0; i < columns.length; i++) {
      member[i * classes + columns[i]] = 1;
    }
    NDArray labels = manager.create(member, new Shape(columns.length, classes));
    return similarities.sub(1).mul(b).exp().matMul(labels);
  }

  private double accuracy(float[] cosines, float[] affinities, double a) {
    int right = 0;
    for (int i = 0; i < columns.length; i++) {
      int best = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        double score = cosines[i * classes + c] + a * affinities[i * classes + c];
        if (score > most) {
          most = score;
          best = c;
        }
      }
      right += best == columns[i] ? 1 : 0;
    }
    return 100.0 * right / columns.length;
  }
}
