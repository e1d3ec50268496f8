package io.autoseed.learning.statistics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a grid of strategies, class orders and random seeds says. The unit is the class order:
 * random seeds are averaged inside it first, and an order of which a strategy lacks one does not
 * count for it. Intervals are over orders; a strategy's difference to the reference is over the
 * orders that both were measured on, and tested by {@link SignedRankTest}, with {@link Holm}'s
 * correction over all strategies that are compared together.
 */
public final class GridStatistics {
  /** Above it a difference may be chance. */
  public static final double LEVEL = 0.05;

  private static final String ORDERS = "orders";

  private final Collection<Observation> observations;
  private final Map<String, Integer> randomSeeds;

  /**
   * @param observations every cell that was measured
   * @param randomSeeds how many random seeds a strategy is run with in each order, by label
   * @throws IllegalArgumentException if an observation's label is none of these
   */
  public GridStatistics(Collection<Observation> observations, Map<String, Integer> randomSeeds) {
    this.observations = List.copyOf(observations);
    this.randomSeeds = Map.copyOf(randomSeeds);
    for (Observation one : observations) {
      if (!randomSeeds.containsKey(one.label())) {
        throw new IllegalArgumentException(
            "label '" + one.label() + "' was measured; expected one of " + randomSeeds.keySet());
      }
    }
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
   * @param differing in how many of these they differ: what the test is of; null in reports of
   *     older builds
   * @param pValue of the exact two-sided test
   * @param adjusted the p value after Holm's correction
   */
  public record Difference(
      Estimate estimate, int orders, Integer differing, double pValue, double adjusted) {
    /** Whether chance alone is an unlikely reason. */
    public boolean significant() {
      return adjusted <= LEVEL;
    }

    /**
     * Whether it could be significant by itself, of whatever size: had all differences one sign,
     * and whatever the other comparisons come to.
     *
     * @param family how many comparisons are corrected together
     */
    public boolean decidable(int family) {
      int pairs = differing == null ? orders : differing;
      return pairs == 0 || family * SignedRankTest.smallest(pairs) <= LEVEL;
    }
  }

  /** The metric's mean of one strategy; empty if it has no order that counts. */
  public Optional<Mean> mean(String label, String metric) {
    List<Double> values = List.copyOf(byOrder(label, metric).values());
    return Bootstrap.mean(ORDERS, values).map(found -> new Mean(found, values.size()));
  }

  /**
   * The differences to the reference in one metric, by label; strategies that share no measured
   * order with it are missing.
   *
   * @param labels one family of comparisons: the correction is over all of these but the reference,
   *     also over those that are missing
   */
  public Map<String, Difference> differences(List<String> labels, String reference, String metric) {
    Map<String, List<Double>> paired = new LinkedHashMap<>();
    Map<Long, Double> theirs = byOrder(reference, metric);
    List<String> compared = labels.stream().filter(label -> !label.equals(reference)).toList();
    for (String label : compared) {
      List<Double> differences = new ArrayList<>();
      byOrder(label, metric)
          .forEach(
              (order, value) -> {
                if (theirs.containsKey(order)) {
                  differences.add(value - theirs.get(order));
                }
              });
      if (!differences.isEmpty()) {
        paired.put(label, differences);
      }
    }
    return tested(paired, compared.size());
  }

  /**
   * @param comparisons of the family; those that are not among {@code paired} count as p = 1
   */
  private static Map<String, Difference> tested(Map<String, List<Double>> paired, int comparisons) {
    List<Double> pValues =
        paired.values().stream()
            .map(all -> SignedRankTest.pValue(all.stream().mapToDouble(d -> d).toArray()))
            .toList();
    List<Double> family = new ArrayList<>(pValues);
    family.addAll(Collections.nCopies(comparisons - pValues.size(), 1.0));
    List<Double> adjusted = Holm.adjusted(family);
    Map<String, Difference> differences = new LinkedHashMap<>();
    for (Map.Entry<String, List<Double>> entry : paired.entrySet()) {
      int place = differences.size();
      List<Double> found = entry.getValue();
      differences.put(
          entry.getKey(),
          new Difference(
              Bootstrap.mean(ORDERS, found).orElseThrow(),
              found.size(),
              SignedRankTest.differing(found),
              pValues.get(place),
              adjusted.get(place)));
    }
    return Collections.unmodifiableMap(differences);
  }

  /** The mean over random seeds in each order that was measured with all of them, ascending. */
  private SortedMap<Long, Double> byOrder(String label, String metric) {
    SortedMap<Long, List<Double>> measured =
        observations.stream()
            .filter(one -> one.label().equals(label) && one.values().containsKey(metric))
            .collect(
                groupingBy(
                    Observation::order,
                    TreeMap::new,
                    mapping(one -> one.values().get(metric), toList())));
    SortedMap<Long, Double> means = new TreeMap<>();
    measured.forEach(
        (order, values) -> {
          if (values.size() == randomSeeds.get(label)) {
            means.put(order, values.stream().mapToDouble(value -> value).average().orElseThrow());
          }
        });
    return means;
  }
}
