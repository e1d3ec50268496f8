package io.autoseed.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autoseed.activities.study.ComparisonFamilies;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.statistics.GridStatistics;
import io.autoseed.worker.report.StudyStrategies.Explained;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A study's report as files: {@code report.md}, and {@code report.html}, which needs no network.
 */
public final class StudyPages {
  private StudyPages() {}

  /** The files by name. */
  public static Map<String, byte[]> render(StudyReport report) {
    return Map.of(
        "report.md", markdown(report).getBytes(UTF_8), "report.html", html(report).getBytes(UTF_8));
  }

  private static String html(StudyReport report) {
    return HtmlPage.render(
        "Autoseed study",
        "study.js",
        Map.of(
            "report", report,
            "families", report.families(),
            "level", GridStatistics.LEVEL,
            "notes", StudyNotes.of(report),
            "missing", StudyTables.missing(report),
            "strokes", Palette.strokes(report.strategies().size()),
            "words", report.strategies().stream().map(StudyStrategies::words).toList(),
            "explained", StudyStrategies.explained(report)));
  }

  static String markdown(StudyReport report) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(report.name()).append("\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "Study `%s`: %d of %d runs done in %s.\n\n",
            report.study(),
            report.done(),
            report.cells().size(),
            Numbers.counted(report.orders().size(), "class order", "class orders")));
    text.append("## What was measured, and how sure it is\n\n");
    StudyNotes.of(report).forEach(note -> text.append(item(note)));
    text.append("\n## Means over class orders\n\n");
    text.append(table(StudyTables.means(report, true)));
    List<List<String>> seeds = StudyTables.seeds(report, true);
    if (seeds.size() > 1) {
      text.append("\n## Fidelity and spread of the seeds\n\n").append(table(seeds));
    }
    ComparisonFamilies families = report.families();
    differences(text, report, "Other settings of the same strategy", families.variants());
    differences(text, report, "Other strategies", families.others());
    text.append("\n## What the numbers mean\n\n");
    StudyTables.meanings(report).forEach(meaning -> text.append(item(meaning)));
    strategies(text, report);
    if (!report.whole()) {
      text.append("\n## Runs that are not done\n\n");
      text.append(table(StudyTables.missing(report)));
    }
    return text.toString();
  }

  private static void differences(
      StringBuilder text, StudyReport report, String what, List<String> family) {
    if (!family.isEmpty()) {
      text.append("\n## ")
          .append(what)
          .append(", minus ")
          .append(report.reference())
          .append("\n\n");
      text.append(table(StudyTables.differences(report, family, column -> true)));
    }
  }

  private static void strategies(StringBuilder text, StudyReport report) {
    text.append("\n## Strategies\n\n");
    text.append(
        "| label | what it is | version | random seeds | runs done |\n|---|---|---:|---|---:|\n");
    for (Line line : report.strategies()) {
      text.append(
          row(
              List.of(
                  line.label(),
                  StudyStrategies.words(line),
                  line.version() == null ? "-" : line.version().toString(),
                  StudyTables.listed(line.randomSeeds()),
                  Integer.toString(line.cells()))));
    }
    text.append('\n');
    for (Explained one : StudyStrategies.explained(report)) {
      text.append(item(one.strategy() + ": " + one.summary() + " (" + one.source() + ")"));
      one.settings().forEach(setting -> text.append("  ").append(item(setting)));
    }
  }

  private static String table(List<List<String>> rows) {
    StringBuilder text = new StringBuilder(row(rows.get(0)));
    text.append("|---").append("|---:".repeat(rows.get(0).size() - 1)).append("|\n");
    rows.subList(1, rows.size()).forEach(cells -> text.append(row(cells)));
    return text.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> escaped(cell).replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String item(String text) {
    return "- " + escaped(text) + "\n";
  }

  /** Pages of Markdown take {@code <} for markup. */
  private static String escaped(String text) {
    return text.replace("<", "&lt;");
  }
}
