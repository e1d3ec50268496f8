package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * How classes known by name alone should be scored, measured on the first sight of a task for later
 * tasks only.
 *
 * @param beta the best weight of the frozen encoders' own score of a name
 * @param bias b*, the logit bias that goes with it
 */
record FirstLook(double beta, double bias) {
  private static final double[] BETAS = {0, 2.5, 5, 10, 20, 40, 80};
  private static final double[] NO_BETA = {0};
  private static final double LEAST = -5;
  private static final double MOST = 80;
  private static final double APART = 2.5;
  private static final int BIASES = (int) ((MOST - LEAST) / APART) + 1;

  /**
   * Logits of samples before beta and b.
   *
   * @param logits of the seen classes, the upcoming ones behind, [N, C + U]
   * @param byEncoders {@link Upcoming#byEncoders} of the same samples, [N, U]
   * @param y one-hot, [N, C + U]
   */
  record Samples(NDArray logits, NDArray byEncoders, NDArray y) {
    /**
     * @param e embeddings, [N, D]
     * @param a = W^-1/2 of the old classes, [D, D]
     * @param y one-hot, [N, C + U]
     */
    static Samples of(NDArray e, NDArray a, ClassLogits logits, Upcoming upcoming, NDArray y) {
      return new Samples(logits.of(e.matMul(a)), upcoming.byEncoders(e), y);
    }

    private long seen() {
      return logits.size(1) - byEncoders.size(1);
    }

    private NDArray upcomingLogits() {
      return logits.get(":, " + seen() + ":");
    }

    private NDArray upcomingLabels() {
      return y.get(":, " + seen() + ":");
    }
  }

  /** What of samples no beta changes: of seen classes, log sum exp and the own logit, or 0. */
  private record Seen(Samples samples, double[] logSumExp, double[] own) {
    static Seen of(Samples samples) {
      NDArray logits = samples.logits().get(":, :" + samples.seen());
      NDArray labels = samples.y().get(":, :" + samples.seen());
      return new Seen(
          samples,
          doubles(Expressions.logSumExp(logits)),
          doubles(Expressions.rowSum(logits.mul(labels))));
    }
  }

  /** What a sample's loss needs: log sum exp over old and over new classes, and its own logit. */
  private record Scores(double[] old, double[] upcoming, double[] own, boolean areUpcoming) {
    static Scores of(Seen seen, double beta, boolean areUpcoming) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Samples samples = seen.samples();
        NDArray upcoming = samples.upcomingLogits().add(samples.byEncoders().mul(beta));
        double[] own = doubles(Expressions.rowSum(upcoming.mul(samples.upcomingLabels())));
        for (int i = 0; i < own.length; i++) {
          own[i] += seen.own()[i];
        }
        return new Scores(
            seen.logSumExp(), doubles(Expressions.logSumExp(upcoming)), own, areUpcoming);
      }
    }

    /** Convex in {@code shift}. */
    double meanCrossEntropy(double shift) {
      double sum = 0;
      for (int i = 0; i < own.length; i++) {
        double apart = upcoming[i] + shift - old[i];
        double over = StrictMath.log1p(StrictMath.exp(-StrictMath.abs(apart)));
        sum += old[i] + StrictMath.max(apart, 0) + over - own[i] - (areUpcoming ? shift : 0);
      }
      return sum / own.length;
    }
  }

  /**
   * beta, b* = argmin of 1/2 mean CE(the task as unseen) + 1/2 mean CE(draws of old classes), over
   * the C + |C_t| keys of phase 1.
   *
   * @param weighsEncoders whether beta is looked for; otherwise it is 0
   */
  static FirstLook at(Samples task, Samples draws, boolean weighsEncoders) {
    FirstLook best = null;
    double least = Double.POSITIVE_INFINITY;
    Seen ofTask = Seen.of(task);
    Seen ofDraws = Seen.of(draws);
    for (double beta : weighsEncoders ? BETAS : NO_BETA) {
      Scores news = Scores.of(ofTask, beta, true);
      Scores old = Scores.of(ofDraws, beta, false);
      int i = leastConvex(news, old);
      double loss = loss(news, old, i);
      if (loss < least) {
        least = loss;
        best = new FirstLook(beta, LEAST + i * APART);
      }
    }
    if (best == null) {
      throw new IllegalStateException("no finite loss at the first look: the keys are not finite");
    }
    return best;
  }

  /** The number of the first bias with the least loss, found by halving. */
  private static int leastConvex(Scores task, Scores draws) {
    int low = 0;
    int high = BIASES - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (loss(task, draws, middle) <= loss(task, draws, middle + 1)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static double loss(Scores task, Scores draws, int i) {
    double shift = (LEAST + i * APART) / Keys.TEMPERATURE;
    return 0.5 * task.meanCrossEntropy(shift) + 0.5 * draws.meanCrossEntropy(shift);
  }

  private static double[] doubles(NDArray column) {
    float[] values = column.toFloatArray();
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** b_u after this look: 0.5 b_u + 0.25 b*, the first time 0.5 b*. beta: the mean over looks. */
  Statistics applied(Statistics before) {
    int looks = before.looks();
    double nextBias = looks > 0 ? 0.5 * before.bias() + 0.25 * bias : 0.5 * bias;
    double nextBeta = looks > 0 ? (looks * before.beta() + beta) / (looks + 1) : beta;
    return before.withLook(nextBias, nextBeta);
  }
}
