package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.CounterRandom;

/**
 * Online adaptation: full-batch Adam on the key offsets delta A. The loss is (1/C) [sum over the
 * task's samples CE_i / n_(y_i) + sum over old classes of the mean CE of two replay draws]; its
 * gradient is E1, no autograd is needed.
 *
 * @param z the task's samples, [N, d]
 * @param y one-hot [N, C]
 * @param omega 1 / n_(y_i), [N, 1]
 * @param k0 keys before offsets, [C, d]
 * @param replay of the old classes, or null if there are none
 */
record KeyAdaptation(NDArray z, NDArray y, NDArray omega, NDArray k0, ReplayDraw replay) {
  private static final double RATE = 0.02;
  private static final int DRAWS = 2;

  /** One step; the draws come from {@code random}. */
  Adam step(Adam delta, CounterRandom random) {
    NDArray k = k0.add(delta.parameter());
    long classes = k0.size(0);
    NDArray g = Keys.gradient(z, k, y, omega);
    if (replay != null) {
      ReplayDraw.Draws old = replay.perClass(random, DRAWS);
      NDArray drawn = Expressions.oneHot(z.getManager(), old.classes(), (int) classes);
      NDArray share = z.getManager().ones(new Shape(old.classes().length, 1));
      g = g.add(Keys.gradient(old.vectors(), k, drawn, share.div(DRAWS)));
    }
    return delta.step(g.div(classes), RATE);
  }

  /** The task's part of the loss: its mean over classes of each class's mean cross-entropy. */
  double taskLoss(NDArray deltaA) {
    NDArray ce = Keys.crossEntropy(z, k0.add(deltaA), y);
    return Expressions.value(ce.mul(omega).sum()) / Expressions.value(omega.sum());
  }
}
