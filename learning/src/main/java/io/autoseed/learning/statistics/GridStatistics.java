package io.autoseed.learning.statistics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * What a grid of strategies, class orders and random seeds says. The unit is the class order:
 * random seeds are averaged inside it first. Intervals are over orders; a strategy's difference to
 * the reference is over the orders that both were measured on, and tested by {@link
 * SignedRankTest}, with {@link Holm}'s correction over all strategies that are compared together.
 */
public final class GridStatistics {
  /** Above it a difference may be chance. */
  public static final double LEVEL = 0.05;

  private static final String ORDERS = "orders";

  private final Collection<Observation> observations;

  /**
   * @param observations every cell that was measured
   */
  public GridStatistics(Collection<Observation> observations) {
    this.observations = List.copyOf(observations);
  }

  /**
   * One cell of the grid.
   *
   * @param label the strategy's label
   * @param values metrics by name; what could not be measured is missing
   */
  public record Observation(String label, long order, long randomSeed, Map<String, Double> values) {
    public Observation {
      values = Map.copyOf(values);
    }
  }

  /**
   * A mean over orders.
   *
   * @param orders how many orders it is over
   */
  public record Mean(Estimate estimate, int orders) {}

  /**
   * A strategy's mean difference to the reference, in the metric's unit.
   *
   * @param orders how many orders both were measured on
   * @param pValue of the exact two-sided test
   * @param adjusted the p value after Holm's correction
   */
  public record Difference(Estimate estimate, int orders, double pValue, double adjusted) {
    /** Whether chance alone is an unlikely reason. */
    public boolean significant() {
      return adjusted <= LEVEL;
    }
  }

  /** The metric's mean of one strategy; empty if no cell of it has the metric. */
  public Optional<Mean> mean(String label, String metric) {
    List<Double> values = List.copyOf(byOrder(label, metric).values());
    return Bootstrap.mean(ORDERS, values).map(found -> new Mean(found, values.size()));
  }

  /**
   * The differences to the reference in one metric, by label; strategies that share no measured
   * order with it are missing.
   *
   * @param labels one family of comparisons: the correction is over these
   */
  public Map<String, Difference> differences(List<String> labels, String reference, String metric) {
    Map<String, List<Double>> paired = new LinkedHashMap<>();
    Map<Long, Double> theirs = byOrder(reference, metric);
    for (String label : labels) {
      List<Double> differences = new ArrayList<>();
      byOrder(label, metric)
          .forEach(
              (order, value) -> {
                if (theirs.containsKey(order)) {
                  differences.add(value - theirs.get(order));
                }
              });
      if (!label.equals(reference) && !differences.isEmpty()) {
        paired.put(label, differences);
      }
    }
    return tested(paired);
  }

  private static Map<String, Difference> tested(Map<String, List<Double>> paired) {
    List<Double> pValues =
        paired.values().stream()
            .map(all -> SignedRankTest.pValue(all.stream().mapToDouble(d -> d).toArray()))
            .toList();
    List<Double> adjusted = Holm.adjusted(pValues);
    Map<String, Difference> differences = new LinkedHashMap<>();
    for (Map.Entry<String, List<Double>> entry : paired.entrySet()) {
      int place = differences.size();
      Estimate estimate = Bootstrap.mean(ORDERS, entry.getValue()).orElseThrow();
      differences.put(
          entry.getKey(),
          new Difference(
              estimate, entry.getValue().size(), pValues.get(place), adjusted.get(place)));
    }
    return Collections.unmodifiableMap(differences);
  }

  /** The mean over random seeds in each order that was measured, in ascending order. */
  private Map<Long, Double> byOrder(String label, String metric) {
    Map<Long, Double> means = new LinkedHashMap<>();
    TreeSet<Long> orders = new TreeSet<>();
    observations.forEach(one -> orders.add(one.order()));
    for (long order : orders) {
      OptionalDouble mean =
          observations.stream()
              .filter(one -> one.label().equals(label) && one.order() == order)
              .filter(one -> one.values().containsKey(metric))
              .mapToDouble(one -> one.values().get(metric))
              .average();
      mean.ifPresent(value -> means.put(order, value));
    }
    return means;
  }
}
