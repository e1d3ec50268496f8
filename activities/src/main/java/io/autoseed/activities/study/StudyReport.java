package io.autoseed.activities.study;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.activities.phase.SeedPicture;
import io.autoseed.learning.metrics.CellRow;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a study measured and what may be claimed from it: what its pages show and {@code --json}
 * prints.
 *
 * @param study the study's id
 * @param name the study's name in its file
 * @param state a {@link io.autoseed.workflows.StudyState}
 * @param reason why it was stopped, or null
 * @param profile numeric profile
 * @param material what is learned; null in reports of older builds
 * @param tasks of each sequence
 * @param classes of each sequence
 * @param labelNoise share of the training labels that were replaced on purpose, in (0, 1), the same
 *     in all sequences; null if none were
 * @param orders class orders that something was measured on
 * @param tuningOrders class orders that settings are chosen on: run and reported by a {@link
 *     #screening} alone
 * @param reference label of the strategy that the others are compared with
 * @param significantOrders orders from which on a corrected p value can be at most 0.05 in each of
 *     the {@link ComparisonFamilies}
 * @param metrics what the table shows, in its order
 * @param strategies in the order of the file
 * @param cells the runs, in the order of the study
 * @param seeds those of one run in a picture; null in reports of older builds
 * @param seconds of wall time while a phase of its runs was under way; nights and pauses between do
 *     not count
 * @param performed how; null in reports of older builds
 * @param writtenAt ISO-8601 in UTC
 */
@JsonIgnoreProperties("smallestP") // of older builds
public record StudyReport(
    String study,
    String name,
    String state,
    String reason,
    String profile,
    Material material,
    int tasks,
    int classes,
    Double labelNoise,
    List<Long> orders,
    List<Long> tuningOrders,
    String reference,
    int significantOrders,
    List<Column> metrics,
    List<Line> strategies,
    List<Cell> cells,
    SeedsShown seeds,
    double seconds,
    Performed performed,
    String writtenAt) {
  public StudyReport {
    orders = List.copyOf(orders);
    tuningOrders = List.copyOf(tuningOrders);
    metrics = List.copyOf(metrics);
    strategies = List.copyOf(strategies);
    cells = List.copyOf(cells);
  }

  /**
   * What the runs of a study learn.
   *
   * @param model the encoders, by their name in the sequence file
   * @param dataSets that are read
   * @param trainImages that a run learns from, those of all tasks
   * @param testImages that it is evaluated on
   */
  public record Material(String model, List<DataSetRow> dataSets, int trainImages, int testImages) {
    public Material {
      dataSets = List.copyOf(dataSets);
    }
  }

  /** A metric: its key, its title in tables, a {@link StudyMetric.Unit}. */
  public record Column(String key, String title, StudyMetric.Unit unit) {}

  /**
   * A strategy.
   *
   * @param version the strategy's; null in studies of older builds
   * @param scoresUnseen whether it can score a task to come; null in reports of older builds
   * @param settings those that are not at their defaults
   * @param cells runs that are done
   * @param means over class orders, by metric; what no order has with each random seed is missing
   * @param differences to the reference, by metric; empty for the reference itself
   * @param matrix R[i][j] by places i and j in the sequence, the mean over the class orders that
   *     were run with each random seed; null where a run of them has not measured it, no rows if
   *     there is no such order
   */
  public record Line(
      String label,
      String strategy,
      Integer version,
      Boolean scoresUnseen,
      SortedMap<String, Object> settings,
      List<Long> randomSeeds,
      int cells,
      SortedMap<String, Mean> means,
      SortedMap<String, Difference> differences,
      List<List<Double>> matrix) {
    public Line {
      settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
      randomSeeds = List.copyOf(randomSeeds);
      means = Collections.unmodifiableSortedMap(new TreeMap<>(means));
      differences = Collections.unmodifiableSortedMap(new TreeMap<>(differences));
      matrix = matrix.stream().<List<Double>>map(CellRow::of).toList();
    }
  }

  /**
   * A run of the study.
   *
   * @param run its id, or null if it has none
   * @param state DONE, FAILED, CANCELLED or NOT_RUN
   * @param reason why it is not done, or null
   * @param codeVersion of the program that submitted it; null if it has none, and in reports of
   *     older builds
   * @param values by metric; what could not be measured is missing
   */
  public record Cell(
      String run,
      String label,
      long order,
      long randomSeed,
      String state,
      String reason,
      String codeVersion,
      SortedMap<String, Double> values) {
    public Cell {
      values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** The name of the member, as {@link StudyDocument.Member#name()} has it. */
    String member() {
      return StudyDocument.Member.name(label, order, randomSeed);
    }
  }

  /**
   * How a study was performed, for whoever wants to repeat or to judge it.
   *
   * @param submitted as it was the last time; null if by an older build
   * @param submittedBy version of the program that submitted it the last time
   * @param reportedBy version of the program that made this report
   * @param loadAtEnd of the machine that made it, see {@link StudyCircumstances#currentLoad()}
   * @param computeSeconds of all phases of all runs that are done, encoding and evaluation included
   */
  public record Performed(
      StudyCircumstances submitted,
      String submittedBy,
      String reportedBy,
      double loadAtEnd,
      double computeSeconds) {}

  /**
   * Seeds of one run beside real examples.
   *
   * @param run whose seeds they are, or null if there is none
   * @param remark why there is no picture, or null if there is one
   * @param picture null if there is none
   */
  public record SeedsShown(String run, String remark, SeedPicture picture) {}

  /** The state of a run that is done. */
  public static final String DONE = "DONE";

  /** The state of a run that was not begun. */
  public static final String NOT_RUN = "NOT_RUN";

  /** Runs that are done. */
  public int done() {
    return cells.size() - missing().size();
  }

  /** Whether every run is done: nothing is left to do. */
  public boolean whole() {
    return missing().isEmpty();
  }

  /** Whether it is of class orders that settings are chosen on, and so no result. */
  public boolean screening() {
    return !cells.isEmpty() && cells.stream().allMatch(cell -> tuningOrders.contains(cell.order()));
  }

  /** Runs that ended without being done, and runs that were not asked for. */
  public List<Cell> missing() {
    return cells.stream().filter(cell -> !cell.state().equals(DONE)).toList();
  }

  /** What is compared with the reference. */
  public ComparisonFamilies families() {
    return ComparisonFamilies.of(reference, strategies, Line::label, Line::strategy);
  }

  /** Runs that ended without being done. */
  public long lost() {
    return missing().stream().filter(cell -> !cell.state().equals(NOT_RUN)).count();
  }

  /**
   * The differences that are not told from chance and, by themselves, could not be, whatever their
   * sizes: over too few class orders, or zero in too many (but not in all), for the comparisons in
   * their family.
   */
  public long undecidable() {
    ComparisonFamilies families = families();
    return strategies.stream()
        .mapToLong(
            line ->
                line.differences().values().stream()
                    .filter(found -> !found.significant())
                    .filter(found -> !found.decidable(families.sizeFor(line.label())))
                    .count())
        .sum();
  }

  /** The same report with these seeds. */
  StudyReport withSeeds(SeedsShown shown) {
    return new StudyReport(
        study,
        name,
        state,
        reason,
        profile,
        material,
        tasks,
        classes,
        labelNoise,
        orders,
        tuningOrders,
        reference,
        significantOrders,
        metrics,
        strategies,
        cells,
        shown,
        seconds,
        performed,
        writtenAt);
  }

  /** The metric's column, for tables in the order of {@link StudyMetric}. */
  static List<Column> columns() {
    return List.of(StudyMetric.values()).stream()
        .map(metric -> new Column(metric.key(), metric.title(), metric.unit()))
        .toList();
  }
}
