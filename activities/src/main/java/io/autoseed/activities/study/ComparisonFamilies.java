package io.autoseed.activities.study;

import io.autoseed.learning.statistics.GridStatistics;
import io.autoseed.learning.statistics.SignedRankTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a study compares with its reference, as two questions that are corrected for their number of
 * tests each by itself: what the parts of the reference's strategy are good for, and how it stands
 * against other strategies.
 *
 * @param variants labels of the reference's own strategy with other settings: the ablations
 * @param others labels of other strategies
 */
public record ComparisonFamilies(List<String> variants, List<String> others) {
  public ComparisonFamilies {
    variants = List.copyOf(variants);
    others = List.copyOf(others);
  }

  /**
   * The families of a study.
   *
   * @param reference label that the others are compared with
   * @param strategies in the order of the study, the reference's among them
   * @param label of one of them
   * @param name the strategy's, which several may share
   */
  static <T> ComparisonFamilies of(
      String reference, List<T> strategies, Function<T, String> label, Function<T, String> name) {
    String own =
        strategies.stream()
            .filter(one -> label.apply(one).equals(reference))
            .map(name)
            .findFirst()
            .orElseThrow();
    List<String> variants = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (T one : strategies) {
      if (!label.apply(one).equals(reference)) {
        (name.apply(one).equals(own) ? variants : others).add(label.apply(one));
      }
    }
    return new ComparisonFamilies(variants, others);
  }

  /** Comparisons of the larger family. */
  public int largest() {
    return Math.max(variants.size(), others.size());
  }

  /** Comparisons of the family that a label is in; 0 for the reference. */
  public int sizeFor(String label) {
    return variants.contains(label) ? variants.size() : others.contains(label) ? others.size() : 0;
  }

  /**
   * The fewest class orders with which the exact test can reach 0.05 after {@link
   * io.autoseed.learning.statistics.Holm}'s correction, in either family.
   */
  int significantOrders() {
    int orders = 1;
    while (Math.max(1, largest()) * SignedRankTest.smallest(orders) > GridStatistics.LEVEL) {
      orders++;
    }
    return orders;
  }
}
