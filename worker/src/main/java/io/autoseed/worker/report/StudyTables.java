package io.autoseed.worker.report;

import io.autoseed.activities.study.ComparisonFamilies;
import io.autoseed.activities.study.StudyMetric.Unit;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Column;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import io.autoseed.workflows.StudyState;
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
   * The mean of each metric.
   *
   * @param intervals whether to write the 95 % intervals beside them
   */
  static List<List<String>> means(StudyReport report, boolean intervals) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(report.metrics(), "strategy"));
    for (Line line : report.strategies()) {
      List<String> row = new ArrayList<>(List.of(line.label()));
      for (Column column : report.metrics()) {
        Mean mean = line.means().get(column.key());
        row.add(mean == null ? NONE : estimate(mean.estimate(), column.unit(), intervals));
      }
      rows.add(row);
    }
    return rows;
  }

  /**
   * Differences to the reference with their intervals and p values.
   *
   * @param shown the columns
   */
  static List<List<String>> differences(StudyReport report, Predicate<Column> shown) {
    List<Column> columns =
        report.metrics().stream().filter(StudyTables::isTested).filter(shown).toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(columns, "minus " + report.reference()));
    for (Line line : report.strategies()) {
      if (!line.label().equals(report.reference())) {
        List<String> row = new ArrayList<>(List.of(line.label()));
        for (Column column : columns) {
          Difference difference = line.differences().get(column.key());
          row.add(difference == null ? NONE : difference(difference));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** A test of memory or time would say nothing: orders hardly change them. */
  private static boolean isTested(Column column) {
    return column.unit() == Unit.PERCENT || column.unit() == Unit.POINTS;
  }

  private static List<String> head(List<Column> columns, String first) {
    List<String> head = new ArrayList<>(List.of(first));
    columns.forEach(column -> head.add(column.title()));
    return head;
  }

  private static String estimate(Estimate estimate, Unit unit, boolean interval) {
    String value = value(estimate.value(), unit);
    return interval && estimate.low() < estimate.high()
        ? "%s [%s, %s]".formatted(value, value(estimate.low(), unit), value(estimate.high(), unit))
        : value;
  }

  private static String difference(Difference found) {
    return "%s %s"
        .formatted(
            estimate(found.estimate(), Unit.POINTS, true),
            found.significant() ? String.format(Locale.ROOT, "p=%.3f", found.adjusted()) : "ns");
  }

  private static String value(double value, Unit unit) {
    return switch (unit) {
      case PERCENT -> Numbers.percent(value);
      case POINTS -> Numbers.points(value);
      case BYTES -> Numbers.bytes(value);
      case SECONDS ->
          value < 1 ? String.format(Locale.ROOT, "%.0f ms", 1e3 * value) : Numbers.seconds(value);
    };
  }

  /** What a reader must know of the numbers, a sentence each. */
  static List<String> notes(StudyReport report) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "The unit is the class order (measured: %s); random seeds are averaged inside it first."
            .formatted(listed(report.orders())));
    ComparisonFamilies families = report.families();
    notes.add(
        ("In brackets: 95 %% bootstrap over class orders. p: exact two-sided Wilcoxon signed-rank"
                + " test, corrected by Holm in each column over the variants of %s (%d) and over"
                + " the other strategies (%d), each family by itself; ns: p > 0.05.")
            .formatted(report.reference(), families.variants().size(), families.others().size()));
    if (families.largest() > 0 && !report.conclusive()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "With %s no p value can be below %.2g before the correction; a family of %d needs"
                  + " %d to tell a difference from chance at 0.05.",
              Numbers.counted(report.orders().size(), "class order", "class orders"),
              report.smallestP(),
              families.largest(),
              report.significantOrders()));
    }
    if (!report.tuningOrders().isEmpty()) {
      notes.add(
          "Settings were chosen on class orders "
              + listed(report.tuningOrders())
              + ", which are not reported.");
    }
    notes.add(
        "Seconds/task: computing of REPLAY, ADAPT and SEED_UPDATE; features are encoded once for"
            + " all runs.");
    if (report.state().equals(StudyState.PARTLY_DONE.name())) {
      notes.add("Only these class orders were asked for so far; the file names more.");
    }
    if (report.reason() != null) {
      notes.add("The study was stopped: " + report.reason() + ".");
    }
    return notes;
  }

  private static String listed(List<Long> orders) {
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

  /** The settings of a strategy that are not at their defaults, or none. */
  static String settings(Line line) {
    return line.settings().isEmpty()
        ? "defaults"
        : String.join(
            ", ",
            line.settings().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList());
  }
}
