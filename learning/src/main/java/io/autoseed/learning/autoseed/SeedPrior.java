package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * What is believed of a task's class means before seeing them: p_c and how strongly (kl0_c).
 *
 * @param p [|C_t|, d]
 * @param kl0 [|C_t|, 1]
 */
record SeedPrior(NDArray p, NDArray kl0) {
  /** Up to so many classes, names tell nothing. */
  static final int FEW = 3;

  /**
   * @param map fitted on all C classes; null without consistency or with few classes
   * @param z z_c of all C classes: seed means of the old, real means of the task's, [C, d]
   * @param counts n_c of all C classes
   * @param old number of old classes
   */
  static SeedPrior of(TextMap map, NDArray z, int[] counts, int old) {
    NDManager manager = z.getManager();
    int news = counts.length - old;
    NDArray mean = Expressions.meanRow(z);
    NDArray p = map == null ? mean.repeat(0, counts.length) : map.leaveOneOut();
    boolean blind = map == null || old == 0;
    MeanTrust trust = MeanTrust.of(z, p, counts);
    float[] kl0 = new float[news];
    for (int c = 0; c < news; c++) {
      kl0[c] = (float) (blind ? MeanTrust.BLIND : trust.kl0(counts[old + c]));
    }
    return new SeedPrior(p.get(old + ":"), Expressions.column(manager, kl0));
  }
}
