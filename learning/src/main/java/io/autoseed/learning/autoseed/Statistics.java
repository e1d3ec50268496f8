package io.autoseed.learning.autoseed;

import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Symmetric;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;

/**
 * What all classes share: 1 MiB at d = 512 whatever their number.
 *
 * @param within S and n: scatter about class means
 * @param withinSeeds Sr and nr: scatter about seeds
 * @param lambda shrinkage of Cov
 * @param losses running losses of each lambda and temperature, row by row, from which lambda is
 *     chosen
 * @param bias b_u, added to the logits of classes not yet learned, divided by T
 * @param beta weight of the frozen encoders' own score of classes not yet learned
 * @param looks how many first looks {@code bias} and {@code beta} come from
 */
record Statistics(
    Scatter within,
    Scatter withinSeeds,
    double lambda,
    double[] losses,
    double bias,
    double beta,
    int looks) {
  static final String NAME = "statistics";

  /** beta before any look. */
  private static final double FIRST_BETA = 20;

  static Statistics initial(int d) {
    return new Statistics(
        Scatter.none(d),
        Scatter.none(d),
        ShrinkageChoice.LEAST,
        new double[ShrinkageChoice.CANDIDATES],
        0,
        FIRST_BETA,
        0);
  }

  static Statistics of(LearnerState state, int d) {
    return state.has(NAME) ? of(state.get(NAME)) : initial(d);
  }

  static Statistics of(TensorBundle bundle) {
    double[] freedom = bundle.get("freedom").doubles();
    double[] unseen = bundle.get("unseen").doubles();
    return new Statistics(
        new Scatter(Symmetric.of(bundle.get("within")), freedom[0]),
        new Scatter(Symmetric.of(bundle.get("within-seeds")), freedom[1]),
        bundle.get("lambda").doubles()[0],
        bundle.get("lambda-losses").doubles(),
        unseen[0],
        unseen[1],
        (int) unseen[2]);
  }

  TensorBundle bundle() {
    return TensorBundle.of(
        Map.of(
            "within", within.sum().tensor(),
            "within-seeds", withinSeeds.sum().tensor(),
            "freedom", Tensor.of(new double[] {within.freedom(), withinSeeds.freedom()}, 2),
            "lambda", Tensor.of(new double[] {lambda}, 1),
            "lambda-losses", Tensor.of(losses, losses.length),
            "unseen", Tensor.of(new double[] {bias, beta, looks}, 3)));
  }

  Statistics withWithin(Scatter changed) {
    return new Statistics(changed, withinSeeds, lambda, losses, bias, beta, looks);
  }

  Statistics withWithinSeeds(Scatter changed) {
    return new Statistics(within, changed, lambda, losses, bias, beta, looks);
  }

  Statistics withLambda(double changed) {
    return new Statistics(within, withinSeeds, changed, losses, bias, beta, looks);
  }

  Statistics withLosses(double[] changed) {
    return new Statistics(within, withinSeeds, lambda, changed, bias, beta, looks);
  }

  Statistics withLook(double changedBias, double changedBeta) {
    return new Statistics(within, withinSeeds, lambda, losses, changedBias, changedBeta, looks + 1);
  }
}
