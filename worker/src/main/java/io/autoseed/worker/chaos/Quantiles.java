package io.autoseed.worker.chaos;

import java.util.Collection;

/** Order statistics of a few measurements. */
final class Quantiles {
  private Quantiles() {}

  /** The smallest value that at least 95 % do not exceed (nearest rank); null of none. */
  static Double p95(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? null : (Double) sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
  }

  /** The largest value; null of none. */
  static Double largest(Collection<Double> values) {
    return values.stream().max(Double::compare).orElse(null);
  }
}
