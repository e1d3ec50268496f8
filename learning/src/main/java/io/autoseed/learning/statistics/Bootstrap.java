package io.autoseed.learning.statistics;

import io.autoseed.learning.tensor.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap intervals (Efron 1979): units are drawn again with replacement, 10,000
 * times, and the statistic is computed of those drawn. The draws are the same on every machine.
 */
public final class Bootstrap {
  private static final int DRAWS = 10_000;
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /**
   * A statistic of all units and the middle 95 % of its draws. Draws of which it has no value are
   * left out.
   *
   * @param over what the units are, such as {@code tasks}; names the stream of random numbers
   * @param units how many there are
   * @param statistic from how often each unit was drawn; NaN where it has no value
   * @return empty if the statistic has no value of all units
   */
  public static Optional<Estimate> estimate(
      String over, int units, ToDoubleFunction<int[]> statistic) {
    int[] counts = new int[units];
    Arrays.fill(counts, 1);
    double value = statistic.applyAsDouble(counts);
    CounterRandom random = CounterRandom.of(0, 0, "bootstrap over " + over, 0);
    double[] draws = new double[DRAWS];
    int drawn = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      Arrays.fill(counts, 0);
      for (int k = 0; k < units; k++) {
        counts[random.nextInt(units)]++;
      }
      double found = statistic.applyAsDouble(counts);
      if (!Double.isNaN(found)) {
        draws[drawn++] = found;
      }
    }
    if (Double.isNaN(value) || drawn == 0) {
      return Optional.empty();
    }
    Arrays.sort(draws, 0, drawn);
    return Optional.of(
        new Estimate(value, draws[(int) (TAIL * drawn)], draws[(int) ((1 - TAIL) * (drawn - 1))]));
  }

  /**
   * The mean of one value a unit.
   *
   * @param values null for a unit that does not count
   * @return empty if no unit counts
   */
  public static Optional<Estimate> mean(String over, List<Double> values) {
    return estimate(over, values.size(), counts -> mean(counts, values));
  }

  /** The mean of the values, each as often as its unit was drawn; NaN if none of them counts. */
  public static double mean(int[] counts, List<Double> values) {
    double sum = 0;
    int weight = 0;
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] > 0 && values.get(k) != null) {
        sum += counts[k] * values.get(k);
        weight += counts[k];
      }
    }
    return sum / weight;
  }
}
