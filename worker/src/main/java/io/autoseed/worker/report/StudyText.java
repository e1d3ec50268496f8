package io.autoseed.worker.report;

import io.autoseed.activities.study.StudyMetric;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Line;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A study's report for a terminal. */
public final class StudyText {
  private static final Set<String> COMPARED =
      Set.of(StudyMetric.LAST.key(), StudyMetric.AVG.key(), StudyMetric.FWT_PLUS_SEEN_LOSS.key());

  private StudyText() {}

  /** The means, the differences that are looked at first, and what is to be known of them. */
  public static String render(StudyReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d of %d runs done, %s\n\n",
            report.study(),
            report.done(),
            report.cells().size(),
            hours(report.seconds() / 3600)));
    text.append(table(StudyTables.means(report, false))).append('\n');
    List<List<String>> seeds = StudyTables.seeds(report, false);
    if (seeds.size() > 1) {
      text.append(table(seeds)).append('\n');
    }
    differences(text, report, report.families().variants());
    differences(text, report, report.families().others());
    StudyNotes.of(report).forEach(note -> text.append(note).append('\n'));
    text.append('\n');
    StudyTables.meanings(report).forEach(meaning -> text.append(meaning).append('\n'));
    labels(text, report);
    if (!report.whole()) {
      text.append('\n').append(missing(StudyTables.missing(report)));
    }
    return text.toString();
  }

  private static void differences(StringBuilder text, StudyReport report, List<String> family) {
    if (!family.isEmpty()) {
      text.append(
              table(
                  StudyTables.differences(
                      report, family, column -> COMPARED.contains(column.key()))))
          .append('\n');
    }
  }

  /** What labels stand for that are not the strategy's name. */
  private static void labels(StringBuilder text, StudyReport report) {
    List<Line> labelled =
        report.strategies().stream()
            .filter(line -> !StudyStrategies.words(line).equals(line.label()))
            .toList();
    if (!labelled.isEmpty()) {
      text.append('\n');
      labelled.forEach(
          line ->
              text.append(line.label())
                  .append(" is ")
                  .append(StudyStrategies.words(line))
                  .append('\n'));
    }
  }

  /** The last column, the reasons, stands below: one long reason would widen every row. */
  private static String missing(List<List<String>> rows) {
    int why = rows.get(0).size() - 1;
    StringBuilder text = new StringBuilder();
    text.append(table(rows.stream().map(row -> row.subList(0, why)).toList()));
    rows.subList(1, rows.size())
        .forEach(row -> text.append(row.get(0) + ": " + row.get(why) + '\n'));
    return text.toString();
  }

  private static String table(List<List<String>> rows) {
    TextTable table = new TextTable(rows.get(0));
    rows.subList(1, rows.size()).forEach(table::row);
    return table.render();
  }

  /** A time in hours, in minutes or seconds if it is short. */
  public static String hours(double hours) {
    double seconds = 3600 * hours;
    return seconds < 5400 ? Numbers.seconds(seconds) : String.format(Locale.ROOT, "%.1f h", hours);
  }
}
