package io.autoseed.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Line;
import java.util.List;
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
            "notes", StudyTables.notes(report),
            "missing", StudyTables.missing(report)));
  }

  static String markdown(StudyReport report) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(report.name()).append("\n\n");
    text.append(
        "Study `%s`: %d of %d runs done, %d tasks and %d classes each, numeric profile %s.%n%n"
            .formatted(
                report.study(),
                report.done(),
                report.cells().size(),
                report.tasks(),
                report.classes(),
                report.profile()));
    text.append("## Means over class orders\n\n");
    text.append(table(StudyTables.means(report, true)));
    List<List<String>> seeds = StudyTables.seeds(report, true);
    if (seeds.size() > 1) {
      text.append("\n## Seeds\n\n").append(table(seeds));
    }
    if (report.strategies().size() > 1) {
      text.append("\n## Differences to ").append(report.reference()).append("\n\n");
      text.append(table(StudyTables.differences(report, column -> true)));
    }
    text.append('\n');
    StudyTables.notes(report).forEach(note -> text.append("- ").append(note).append('\n'));
    text.append("\n## Strategies\n\n");
    text.append("| label | strategy | settings | random seeds |\n|---|---|---|---|\n");
    for (Line line : report.strategies()) {
      text.append(
          row(
              List.of(
                  line.label(),
                  StudyTables.strategy(line),
                  StudyTables.settings(line),
                  String.join(", ", line.randomSeeds().stream().map(String::valueOf).toList()))));
    }
    if (!report.whole()) {
      text.append("\n## Runs that are not done\n\n");
      text.append(table(StudyTables.missing(report)));
    }
    return text.toString();
  }

  private static String table(List<List<String>> rows) {
    StringBuilder text = new StringBuilder(row(rows.get(0)));
    text.append("|---").append("|---:".repeat(rows.get(0).size() - 1)).append("|\n");
    rows.subList(1, rows.size()).forEach(cells -> text.append(row(cells)));
    return text.toString();
  }

  private static String row(List<String> cells) {
    return "| " + cells.stream().map(StudyPages::cell).collect(Collectors.joining(" | ")) + " |\n";
  }

  /** Pages of Markdown take {@code <} for markup. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
