package io.autoseed.learning.encoder;

import io.autoseed.learning.tensor.Tensor;

/** The embedding of a class that is described by several texts. */
public final class MeanText {
  private static final double EPS = 1e-12;

  private MeanText() {}

  /**
   * Mean of the rows, scaled to length one (summed in float64, eps 1e-12): float32 [1, width].
   *
   * @param embeddings one row a text, float32 [texts, width], at least one
   */
  public static Tensor of(Tensor embeddings) {
    int width = embeddings.size(1);
    float[] rows = embeddings.floats();
    double[] sum = new double[width];
    for (int i = 0; i < rows.length; i++) {
      sum[i % width] += rows[i];
    }
    double square = 0;
    for (double value : sum) {
      square += value * value;
    }
    double norm = Math.max(StrictMath.sqrt(square), EPS);
    float[] unit = new float[width];
    for (int k = 0; k < width; k++) {
      unit[k] = (float) (sum[k] / norm);
    }
    return Tensor.of(unit, 1, width);
  }
}
