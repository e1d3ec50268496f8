package io.autoseed.learning.sequence;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A checked study: a grid of runs, immutable, named by the SHA-256 of its canonical JSON. It holds
 * no path, time or host.
 *
 * @param name the study's
 * @param strategies what is compared, in the order of the file
 * @param reference label of the strategy that the others are compared with
 * @param orders class orders that are reported, see {@link ClassOrder}
 * @param tuningOrders class orders that settings are chosen on: listed, run by a {@linkplain
 *     StudyFile#readScreening screening} alone, whose {@code orders} they are, too
 * @param members the runs, order by order, so that a study cut short has whole orders
 */
public record StudyDocument(
    String name,
    List<Strategy> strategies,
    String reference,
    List<Long> orders,
    List<Long> tuningOrders,
    List<Member> members) {
  public StudyDocument {
    strategies = List.copyOf(strategies);
    orders = List.copyOf(orders);
    tuningOrders = List.copyOf(tuningOrders);
    members = List.copyOf(members);
  }

  /**
   * A strategy of the study.
   *
   * @param label unique in the study; part of the ids of its runs
   * @param name the strategy's
   * @param version the strategy's when the file was read; null, and then not written, in studies
   *     that an older build stored
   * @param settings complete and checked
   * @param randomSeeds what it is run with in each class order
   */
  public record Strategy(
      String label,
      String name,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer version,
      SortedMap<String, Object> settings,
      List<Long> randomSeeds) {
    public Strategy {
      randomSeeds = List.copyOf(randomSeeds);
    }
  }

  /**
   * A cell of the grid: one run.
   *
   * @param label of its strategy
   * @param sequence digest of what it learns
   */
  public record Member(String label, long order, long randomSeed, String sequence) {
    /** Tells the members of a study apart, as in {@code slda-o0-s1993}. */
    public String name() {
      return name(label, order, randomSeed);
    }

    /** The name of the member with that label, class order and random seed. */
    public static String name(String label, long order, long randomSeed) {
      return label + "-o" + order + "-s" + randomSeed;
    }
  }

  /** How many members the first class orders have. */
  public int membersOfFirst(int someOrders) {
    List<Long> first = orders.subList(0, Math.min(someOrders, orders.size()));
    return (int) members.stream().filter(member -> first.contains(member.order())).count();
  }

  /** How many random seeds each strategy is run with in a class order, by label. */
  public Map<String, Integer> seedsPerOrder() {
    return strategies.stream().collect(toMap(Strategy::label, one -> one.randomSeeds().size()));
  }

  /** The labels, in the order of the file. */
  public List<String> labels() {
    return strategies.stream().map(Strategy::label).toList();
  }
}
