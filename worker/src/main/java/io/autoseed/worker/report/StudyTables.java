package io.autoseed.worker.report;

import io.autoseed.activities.study.ComparisonFamilies;
import io.autoseed.activities.study.StudyCircumstances;
import io.autoseed.activities.study.StudyMetric.Unit;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Column;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.activities.study.StudyReport.Performed;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import io.autoseed.workflows.StudyState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    return means(report.strategies(), columns(report, column -> !isOfSeeds(column)), intervals);
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
    return means(lines, columns, intervals);
  }

  private static List<List<String>> means(
      List<Line> lines, List<Column> columns, boolean intervals) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(columns, "strategy"));
    for (Line line : lines) {
      List<String> row = new ArrayList<>(List.of(line.label()));
      for (Column column : columns) {
        Mean mean = line.means().get(column.key());
        row.add(mean == null ? NONE : estimate(mean.estimate(), column.unit(), intervals));
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
   * @param shown the columns
   */
  static List<List<String>> differences(StudyReport report, Predicate<Column> shown) {
    List<Column> columns = columns(report, column -> isTested(column) && shown.test(column));
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
      case RATIO -> String.format(Locale.ROOT, "%.3f", value);
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
    if (seeds(report, false).size() > 1) {
      notes.add(
          "Seed fidelity: cosine between the means of a class's seeds and of its real examples, mean"
              + " over classes; beside it, that of one real example. rho_par, rho_perp: what seeds"
              + " spread within their class, in the subspace between classes and on its complement,"
              + " divided by what real examples do; seeds are regularised if rho_par is larger.");
    }
    if (report.state().equals(StudyState.PARTLY_DONE.name())) {
      notes.add("Only these class orders were asked for so far; the file names more.");
    }
    if (report.reason() != null) {
      notes.add("The study was stopped: " + report.reason() + ".");
    }
    if (report.performed() != null) {
      notes.addAll(performed(report, report.performed()));
    }
    return notes;
  }

  private static List<String> performed(StudyReport report, Performed performed) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Wall time: %s while its runs were at work; they computed for %s in all."
            .formatted(
                StudyText.hours(report.seconds() / 3600),
                StudyText.hours(performed.computeSeconds() / 3600)));
    StudyCircumstances submitted = performed.submitted();
    if (submitted != null) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Submitted by `%s`, %s at a time on %s and %s; load %.1f then, %.1f at the report.",
              TextTable.oneLine(submitted.command()),
              Numbers.counted(submitted.parallel(), "run", "runs"),
              Numbers.counted(submitted.workers(), "worker", "workers"),
              Numbers.counted(submitted.cores(), "core", "cores"),
              submitted.load(),
              performed.loadAtEnd()));
    }
    notes.add(
        "Builds: runs by %s, submitted the last time by %s, reported by %s."
            .formatted(builds(report), performed.submittedBy(), performed.reportedBy()));
    return notes;
  }

  /** Of the programs that submitted the runs that are done. */
  private static String builds(StudyReport report) {
    List<String> builds =
        report.cells().stream()
            .map(Cell::codeVersion)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    return builds.isEmpty() ? "none yet" : String.join(", ", builds);
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

  /** The strategy with its version, where that is known. */
  static String strategy(Line line) {
    return line.version() == null
        ? line.strategy()
        : line.strategy() + ", version " + line.version();
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
