package io.autoseed.learning.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.lda.ClassMeans;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.torch.NdArrays;

/**
 * A training set on the device, or a batch of one.
 *
 * @param x unit rows, float32 [N, d]
 * @param y the column of each row's class, int64 [N]
 */
public record Examples(NDArray x, NDArray y) {
  /**
   * All of a set.
   *
   * @param manager owns both arrays
   * @param classes class numbers of the columns; every label is one of them
   */
  public static Examples of(NDManager manager, TrainingSet set, int[] classes) {
    long[] columns = ClassMeans.columns(set.labels(), classes);
    return new Examples(NdArrays.toArray(manager, set.images()), manager.create(columns));
  }

  /** N. */
  public int count() {
    return Math.toIntExact(y.size());
  }

  /**
   * Some of these.
   *
   * @param step owns both arrays
   * @param rows their places, [n]
   */
  public Examples at(NDManager step, long[] rows) {
    NDArray places = step.create(rows);
    Examples some = new Examples(x.get(places), y.get(places));
    some.x.attach(step);
    some.y.attach(step);
    return some;
  }
}
