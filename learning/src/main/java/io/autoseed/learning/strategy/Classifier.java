package io.autoseed.learning.strategy;

import io.autoseed.learning.tensor.Tensor;

/** Scores images over the classes learned, and over upcoming ones that it knows by name alone. */
public interface Classifier extends AutoCloseable {
  /**
   * The class numbers that the columns of {@link #scores} stand for: the learned ones, then the
   * upcoming ones it was opened with.
   */
  int[] classes();

  /**
   * Scores, larger is better; the prediction is the argmax over the columns that the question
   * allows (all of them: class-incremental; one task's: task-incremental).
   *
   * @param images unit rows, float32 [n, d]
   * @return float32 [n, classes().length]
   */
  Tensor scores(Tensor images);

  @Override
  void close();
}
