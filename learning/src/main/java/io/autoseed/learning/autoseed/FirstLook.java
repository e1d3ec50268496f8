package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * How much logit bias classes known by name alone should get, measured on the first sight of a task
 * for later tasks only.
 *
 * @param gamma the best scale of name differences; meaningless with consistency
 * @param bias b*
 */
record FirstLook(double gamma, double bias) {
  /** gamma before any look. */
  static final double FIRST_GAMMA = 0.1;

  private static final double[] GAMMAS = {.03, .1, .3, 1};
  private static final double LEAST = -5;
  private static final double MOST = 80;
  private static final double APART = 2.5;

  /** The gammas to try; one that is ignored with consistency. */
  static double[] gammas(boolean consistency) {
    return consistency ? new double[] {FIRST_GAMMA} : GAMMAS.clone();
  }

  /** What one sample's loss needs: log sum exp over old and over new keys, and its own logit. */
  private record Scores(double[] old, double[] unseen, double[] own) {
    static Scores of(NDArray logits, int seen, NDArray y) {
      NDArray own = Expressions.rowSum(logits.mul(y));
      return new Scores(
          doubles(Expressions.logSumExp(logits.get(":, :" + seen))),
          doubles(Expressions.logSumExp(logits.get(":, " + seen + ":"))),
          doubles(own));
    }

    double meanCrossEntropy(double shift, boolean isUnseen) {
      double sum = 0;
      for (int i = 0; i < own.length; i++) {
        double news = unseen[i] + shift;
        double most = Math.max(old[i], news);
        double all =
            most + StrictMath.log(StrictMath.exp(old[i] - most) + StrictMath.exp(news - most));
        sum += all - own[i] - (isUnseen ? shift : 0);
      }
      return sum / own.length;
    }

    private static double[] doubles(NDArray column) {
      float[] values = column.toFloatArray();
      double[] wide = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        wide[i] = values[i];
      }
      return wide;
    }
  }

  /**
   * b* = argmin over b of 1/2 mean CE(D_t as unseen) + 1/2 mean CE(two draws per old class), over
   * the C + |C_t| keys of phase 1.
   *
   * @param z the task's samples in phase 1's coordinates, [N, d]
   * @param y one-hot [N, C + |C_t|]
   * @param draws [2 C, d]
   * @param drawn one-hot [2 C, C + |C_t|]
   * @param seen C
   * @param logits of the seen and the task's classes by name, for each gamma
   */
  static FirstLook at(
      NDArray z,
      NDArray y,
      NDArray draws,
      NDArray drawn,
      int seen,
      List<ClassLogits> logits,
      double[] gammas) {
    FirstLook best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < gammas.length; i++) {
      Scores task = Scores.of(logits.get(i).of(z), seen, y);
      Scores old = Scores.of(logits.get(i).of(draws), seen, drawn);
      for (double b = LEAST; b <= MOST; b += APART) {
        double shift = b / Keys.TEMPERATURE;
        double loss =
            0.5 * task.meanCrossEntropy(shift, true) + 0.5 * old.meanCrossEntropy(shift, false);
        if (loss < least) {
          least = loss;
          best = new FirstLook(gammas[i], b);
        }
      }
    }
    if (best == null) {
      throw new IllegalStateException("no finite loss at the first look: the keys are not finite");
    }
    return best;
  }

  /** b_u after this look: 0.5 b_u + 0.25 b*, the first time 0.5 b*. */
  Statistics applied(Statistics before) {
    double next = before.looked() ? 0.5 * before.bias() + 0.25 * bias : 0.5 * bias;
    return before.withLook(next, gamma);
  }
}
