package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.lda.Whitening;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.torch.LinearAlgebra;

/**
 * (E3) Replay: v_m A + sigma_m eps L, eps ~ N(0, I), the seed chosen with probability pi. In e
 * coordinates v_m and {@link #root} stand for v_m A and L.
 *
 * @param seeds v_m A, or v_m, [M, d]
 * @param bank the seeds' classes, weights and spreads
 * @param l L, or the root, [d, d]
 */
record ReplayDraw(NDArray seeds, SeedBank bank, NDArray l) {
  private static final double SPHERE = 0.02;

  /** Draws and the place of each one's class in the bank's order. */
  record Draws(NDArray vectors, int[] classes) {}

  /**
   * The symmetric square root of 0.98 Sr / nr + 0.02 tr(Sr / nr) / d I, so that L = root A.
   *
   * @param sr float64 [d, d]
   * @param nr taken as at least 1
   */
  static NDArray root(NDArray sr, double nr) {
    LinearAlgebra.Eigen eigen =
        LinearAlgebra.eigh(Whitening.covariance(sr, Math.max(nr, 1), SPHERE));
    NDArray u = eigen.vectors();
    return u.mul(eigen.values().maximum(0).sqrt()).matMul(u.transpose());
  }

  /** {@code each} draws of every class, class by class. */
  Draws perClass(CounterRandom random, int each) {
    int count = bank.classCount();
    int[] classes = new int[count * each];
    int[] chosen = new int[count * each];
    for (int i = 0; i < chosen.length; i++) {
      classes[i] = i / each;
      chosen[i] = bank.choose(i / each, random.nextDouble());
    }
    return new Draws(at(seeds, l, random, chosen), classes);
  }

  private NDArray at(NDArray centres, NDArray root, CounterRandom random, int[] chosen) {
    NDManager manager = centres.getManager();
    float[] sigma = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      sigma[i] = bank.spreads()[chosen[i]];
    }
    NDArray noise = noise(manager, root, random, chosen.length);
    return Expressions.rows(centres, chosen).add(noise.mul(Expressions.column(manager, sigma)));
  }

  /** eps L, [count, d]. */
  static NDArray noise(NDManager manager, NDArray l, CounterRandom random, int count) {
    int d = (int) l.size(0);
    NDArray eps = manager.create(random.gaussians(count * d), new Shape(count, d));
    return eps.matMul(l);
  }
}
