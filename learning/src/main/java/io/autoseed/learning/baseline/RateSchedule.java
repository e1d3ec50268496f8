package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.Setting;
import java.util.Locale;
import java.util.stream.Stream;

/** How the learning rate changes over the steps of a task. */
public enum RateSchedule {
  /** The learning rate at every step. */
  CONSTANT {
    @Override
    double share(int step, int steps, int task) {
      return 1;
    }
  },

  /**
   * (1 + cos(pi n / N)) / 2, anew in every task (Loshchilov and Hutter, arXiv 1608.03983, eq. 5).
   */
  COSINE {
    @Override
    double share(int step, int steps, int task) {
      return halfCosine((double) step / steps);
    }
  },

  /**
   * The infinite schedule (Singh et al., arXiv 2503.02844): warm-up, n / N_w; cool-down along a
   * cosine to a constant rate; constant; exponential annealing at the end. Only the first task
   * warms up and cools down, later ones start on the constant rate, and each ends in an annealing,
   * since each task's classifier is used. Unlike in the paper the next task goes on from the
   * annealed weights. The lengths and rates are this project's own choice.
   */
  INFINITE {
    @Override
    double share(int step, int steps, int task) {
      double n = (step + 1.0) / steps;
      if (n > ANNEAL_FROM) {
        double way = (n - ANNEAL_FROM) / (1 - ANNEAL_FROM);
        return CONSTANT_SHARE * StrictMath.pow(LAST_SHARE / CONSTANT_SHARE, way);
      }
      if (task > 0 || n >= COOL_UNTIL) {
        return CONSTANT_SHARE;
      }
      return n <= WARM_UNTIL
          ? n / WARM_UNTIL
          : CONSTANT_SHARE
              + (1 - CONSTANT_SHARE) * halfCosine((n - WARM_UNTIL) / (COOL_UNTIL - WARM_UNTIL));
    }
  };

  static final Setting.Choice SETTING =
      new Setting.Choice(
          "schedule",
          "the learning rate over a task's steps; infinite: warm-up, cool-down, constant, anneal",
          CONSTANT.word(),
          Stream.of(values()).map(RateSchedule::word).toList());

  private static final double WARM_UNTIL = 0.1;
  private static final double COOL_UNTIL = 0.5;
  private static final double ANNEAL_FROM = 0.8;
  private static final double CONSTANT_SHARE = 0.5;
  private static final double LAST_SHARE = 0.01;

  /**
   * The share of the learning rate that a step uses, in [0, 1].
   *
   * @param step from 0
   * @param steps of the task
   * @param task from 0
   */
  abstract double share(int step, int steps, int task);

  static RateSchedule named(Object word) {
    return valueOf(((String) word).toUpperCase(Locale.ROOT));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double halfCosine(double way) {
    return (1 + StrictMath.cos(Math.PI * way)) / 2;
  }
}
