package io.autoseed.learning.strategy;

import io.autoseed.learning.tensor.Tensor;

/**
 * Scores x . k_c + b_c: every classifier that is linear in the image embedding. Sums run over the
 * embedding in order, in float32 on the host, so a row's scores depend neither on the other rows
 * nor on the machine.
 */
public final class LinearClassifier implements Classifier {
  private final int[] classes;
  private final int width;
  private final Tensor keys;
  private final float[] keysByWidth;
  private final float[] biases;

  /**
   * @param classes class number of each key, [C]
   * @param keys float32 [C, d]
   * @param biases b, [C]
   */
  public LinearClassifier(int[] classes, Tensor keys, float[] biases) {
    if (keys.size(0) != classes.length || biases.length != classes.length) {
      throw new IllegalArgumentException(
          classes.length
              + " classes but "
              + keys.size(0)
              + " keys and "
              + biases.length
              + " biases");
    }
    this.classes = classes.clone();
    this.keys = keys;
    this.width = keys.size(1);
    this.keysByWidth = transposed(keys.floats(), classes.length, width);
    this.biases = biases.clone();
  }

  /** Of the names alone: argmax of z . t_c over the given classes (CLIP, arXiv 2103.00020). */
  public static LinearClassifier zeroShot(TaskClasses classes) {
    return new LinearClassifier(classes.numbers(), classes.texts(), new float[classes.count()]);
  }

  @Override
  public int[] classes() {
    return classes.clone();
  }

  /** float32 [C, d]. */
  public Tensor keys() {
    return keys;
  }

  /** b, [C]. */
  public float[] biases() {
    return biases.clone();
  }

  @Override
  public Tensor scores(Tensor images) {
    if (images.size(1) != width) {
      throw new IllegalArgumentException(
          "expected image embeddings of width " + width + ", found " + images.size(1));
    }
    int count = images.size(0);
    float[] rows = images.floats();
    float[] scores = new float[Math.multiplyExact(count, classes.length)];
    float[] row = new float[classes.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(biases, 0, row, 0, row.length);
      for (int k = 0; k < width; k++) {
        addScaled(row, rows[i * width + k], k * classes.length);
      }
      System.arraycopy(row, 0, scores, i * row.length, row.length);
    }
    return Tensor.of(scores, count, classes.length);
  }

  private void addScaled(float[] row, float factor, int from) {
    for (int c = 0; c < row.length; c++) {
      row[c] += factor * keysByWidth[from + c];
    }
  }

  private static float[] transposed(float[] keys, int count, int width) {
    float[] transposed = new float[keys.length];
    for (int c = 0; c < count; c++) {
      for (int k = 0; k < width; k++) {
        transposed[k * count + c] = keys[c * width + k];
      }
    }
    return transposed;
  }

  @Override
  public void close() {}
}
