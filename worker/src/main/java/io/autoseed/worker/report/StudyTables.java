package io.autoseed.worker.report;

import io.autoseed.activities.study.StudyMetric;
import io.autoseed.activities.study.StudyMetric.Unit;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Column;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The tables of a study's report as rows of text, the head first. */
final class StudyTables {
  private static final String NONE = "-";
  private static final int REASONS_SHOWN = 3;

  private StudyTables() {}

  /**
   * The mean of each metric, but for those of seeds.
   *
   * @param intervals whether to write the 95 % intervals beside them
   */
  static List<List<String>> means(StudyReport report, boolean intervals) {
    return means(
        report, report.strategies(), columns(report, column -> !isOfSeeds(column)), intervals);
  }

  /**
   * Fidelity and spread of the seeds, of the strategies that keep any; the head alone if none does.
   *
   * @param intervals whether to write the 95 % intervals beside them
   */
  static List<List<String>> seeds(StudyReport report, boolean intervals) {
    List<Column> columns = columns(report, StudyTables::isOfSeeds);
    List<Line> lines =
        report.strategies().stream()
            .filter(line -> columns.stream().anyMatch(one -> line.means().containsKey(one.key())))
            .toList();
    return means(report, lines, columns, intervals);
  }

  private static List<List<String>> means(
      StudyReport report, List<Line> lines, List<Column> columns, boolean intervals) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(columns, "strategy"));
    for (Line line : lines) {
      List<String> row = new ArrayList<>(List.of(line.label()));
      for (Column column : columns) {
        Mean mean = line.means().get(column.key());
        row.add(mean == null ? NONE : cell(mean, column, intervals, report));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<Column> columns(StudyReport report, Predicate<Column> wanted) {
    return report.metrics().stream().filter(wanted).toList();
  }

  private static boolean isOfSeeds(Column column) {
    return column.unit() == Unit.RATIO;
  }

  /**
   * Differences to the reference with their intervals and p values.
   *
   * @param family labels of the strategies that a row is for, as {@link StudyReport#families} has
   *     them
   * @param shown the columns, of those that are tested
   */
  static List<List<String>> differences(
      StudyReport report, List<String> family, Predicate<Column> shown) {
    List<Column> columns = columns(report, column -> column.unit().tested() && shown.test(column));
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(columns, "minus " + report.reference()));
    for (Line line : report.strategies()) {
      if (family.contains(line.label())) {
        List<String> row = new ArrayList<>(List.of(line.label()));
        for (Column column : columns) {
          Difference difference = line.differences().get(column.key());
          row.add(difference == null ? NONE : difference(difference, report));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<String> head(List<Column> columns, String first) {
    List<String> head = new ArrayList<>(List.of(first));
    columns.forEach(column -> head.add(title(column)));
    return head;
  }

  /** Such as {@code Last ↑}. */
  private static String title(Column column) {
    return column.title()
        + StudyMetric.keyed(column.key()).map(metric -> Numbers.arrow(metric.better())).orElse("");
  }

  /** What the metrics that were measured mean, a line each. */
  static List<String> meanings(StudyReport report) {
    return columns(
            report,
            column ->
                report.strategies().stream()
                    .anyMatch(line -> line.means().containsKey(column.key())))
        .stream()
        .flatMap(
            column ->
                StudyMetric.keyed(column.key()).stream()
                    .map(metric -> title(column) + ": " + metric.meaning()))
        .toList();
  }

  static String cell(Mean mean, Column column, boolean interval, StudyReport report) {
    return estimate(mean.estimate(), column.unit(), interval) + count(mean.orders(), report);
  }

  /** Of how many class orders, where it is not over all that were measured. */
  private static String count(int orders, StudyReport report) {
    return orders < report.orders().size() ? " (n=" + orders + ")" : "";
  }

  private static String estimate(Estimate estimate, Unit unit, boolean interval) {
    String value = value(estimate.value(), unit);
    String low = value(estimate.low(), unit);
    String high = value(estimate.high(), unit);
    boolean wide = !low.equals(value) || !high.equals(value);
    return interval && wide && unit.estimated() ? "%s [%s, %s]".formatted(value, low, high) : value;
  }

  private static String difference(Difference found, StudyReport report) {
    return estimate(found.estimate(), Unit.POINTS, true)
        + (found.significant() ? " " + Numbers.probability(found.adjusted()) : " ns")
        + count(found.orders(), report);
  }

  private static String value(double value, Unit unit) {
    return switch (unit) {
      case PERCENT -> Numbers.percent(value);
      case POINTS -> Numbers.points(value);
      case BYTES -> Numbers.bytes(value);
      case RATIO -> String.format(Locale.ROOT, "%.3f", value);
      case SECONDS ->
          value < 1 ? String.format(Locale.ROOT, "%.0f ms", 1e3 * value) : Numbers.seconds(value);
    };
  }

  /** Class orders or random seeds, as in {@code 0, 1, 2}. */
  static String listed(List<Long> orders) {
    return String.join(", ", orders.stream().map(String::valueOf).toList());
  }

  /** Runs that are not done, a row a strategy; the head alone if there are none. */
  static List<List<String>> missing(StudyReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("strategy", "not done", "class orders", "why"));
    for (Line line : report.strategies()) {
      List<Cell> missing =
          report.missing().stream().filter(cell -> cell.label().equals(line.label())).toList();
      if (!missing.isEmpty()) {
        long all =
            report.cells().stream().filter(cell -> cell.label().equals(line.label())).count();
        rows.add(
            List.of(
                line.label(),
                missing.size() + " of " + all,
                listed(missing.stream().map(Cell::order).distinct().toList()),
                why(missing)));
      }
    }
    return rows;
  }

  /** Each state and reason, the most frequent first; of several, with how often it was. */
  private static String why(List<Cell> missing) {
    Map<String, Long> counted =
        missing.stream()
            .collect(
                Collectors.groupingBy(StudyTables::why, LinkedHashMap::new, Collectors.counting()));
    if (counted.size() == 1) {
      return counted.keySet().iterator().next();
    }
    List<String> reasons =
        counted.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .toList();
    return reasons.size() <= REASONS_SHOWN
        ? String.join("; ", reasons)
        : String.join("; ", reasons.subList(0, REASONS_SHOWN)) + "; for other reasons the rest";
  }

  private static String why(Cell cell) {
    return RunList.word(cell.state())
        + (cell.reason() == null ? "" : " (" + TextTable.oneLine(cell.reason()) + ")");
  }
}
