package io.autoseed.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.phase.SeedPicture;
import io.autoseed.activities.phase.SeedPicture.ShownClass;
import io.autoseed.activities.study.StudyCircumstances;
import io.autoseed.activities.study.StudyMetric.Unit;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Column;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.activities.study.StudyReport.Performed;
import io.autoseed.activities.study.StudyReport.SeedsShown;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StudyPagesTest {
  private static final Column LAST = new Column("last", "Last", Unit.PERCENT);
  private static final Column SPREAD = new Column("seedSpreadParallel", "rho_par", Unit.RATIO);
  private static final Column MEMORY =
      new Column("memoryBytesPerClass", "Memory/class", Unit.BYTES);

  private static Line line(String label, double last, Difference difference) {
    Map<String, Mean> means = new TreeMap<>();
    means.put("last", new Mean(new Estimate(last, last - 1, last + 1), 8));
    means.put("memoryBytesPerClass", new Mean(new Estimate(2048, 2048, 2048), 8));
    if (label.equals("ours")) {
      means.put("seedSpreadParallel", new Mean(new Estimate(0.75, 0.7, 0.8), 8));
    }
    return new Line(
        label,
        "slda",
        2,
        new TreeMap<>(Map.of("shrinkage", 0.5)),
        List.of(1L, 2L),
        8,
        new TreeMap<>(means),
        new TreeMap<>(difference == null ? Map.of() : Map.of("last", difference)),
        List.of(List.of(90.0, 10.0), List.of(80.0, 70.0)));
  }

  private static Cell cell(String state, String reason) {
    return cell("ours", 0, state, reason);
  }

  private static Cell cell(String label, long order, String state, String reason) {
    return new Cell("run", label, order, 1, state, reason, "0.1.0+abc", new TreeMap<>());
  }

  private static StudyReport report(List<Long> orders, String state, Cell... cells) {
    return report(
        orders, state, new SeedsShown("grid-1-ours-o0-s1", "there are none", null), cells);
  }

  private static StudyReport report(
      List<Long> orders, String state, SeedsShown seeds, Cell... cells) {
    return new StudyReport(
        "grid-1",
        "grid",
        state,
        null,
        "avx2",
        2,
        4,
        orders,
        List.of(100L),
        "ours",
        0.5,
        6,
        List.of(LAST, MEMORY, SPREAD),
        List.of(
            line("ours", 71.7, null),
            line("clear", 60, new Difference(new Estimate(-11.7, -13, -10), 8, 0.0078, 0.0156)),
            line("alike", 71.6, new Difference(new Estimate(-0.1, -1, 1), 8, 0.7, 0.7)),
            line("steady", 69.7, new Difference(new Estimate(-2, -2, -2), 1, 1, 1))),
        List.of(cells),
        seeds,
        120,
        new Performed(
            new StudyCircumstances("autoseed study grid.yaml", 2, 4, 8, 0.2),
            "0.1.0+abc",
            "0.2.0",
            1.5,
            7200),
        "2026-11-22T09:00:00Z");
  }

  private static StudyReport eightOrders(Cell... cells) {
    return report(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), "DONE", cells);
  }

  @Test
  void theTerminalShowsMeansAndPairedDifferences() {
    String text = StudyText.render(eightOrders(cell("DONE", null)));

    assertThat(text)
        .contains("grid-1: 1 of 1 runs done, 120 s")
        .containsPattern("ours +71.7 +2.0 kB")
        .containsPattern("clear +-11.7 \\[-13.0, -10.0\\] p=0.016")
        .containsPattern("alike +-0.1 \\[-1.0, \\+1.0\\] ns")
        .contains("Settings were chosen on class orders 100, which are not reported.")
        .doesNotContain("no p value can be below");
  }

  @Test
  void tooFewOrdersAreSaidToBeTooFew() {
    assertThat(StudyText.render(report(List.of(0L, 1L), "DONE", cell("DONE", null))))
        .contains(
            "over the variants of ours (3) and over the other strategies (0)",
            "With 2 class orders no p value can be below 0.50 before the correction;"
                + " a family of 3 needs 6 to tell");
  }

  @Test
  void anIntervalWithoutWidthIsNotWritten() {
    assertThat(StudyTables.differences(eightOrders(), column -> true))
        .contains(List.of("steady", "-2.0 ns"));
  }

  @Test
  void runsThatFailedAndRunsThatWereNotAskedForTakeARowAStrategy() {
    StudyReport report =
        report(
            List.of(0L),
            "PARTLY_DONE",
            cell("ours", 0, "DONE", null),
            cell("clear", 0, "FAILED", "no | space\n  <on disk>"),
            cell("clear", 1, "NOT_RUN", null),
            cell("clear", 2, "NOT_RUN", null),
            cell("alike", 2, "NOT_RUN", null));

    assertThat(StudyText.render(report))
        .contains("grid-1: 1 of 5 runs done")
        .containsPattern("clear +3 of 3 +0, 1, 2\n")
        .contains("\nclear: 2 not run; 1 failed (no | space <on disk>)\n")
        .contains("Only these class orders were asked for so far; the file names more.");
    assertThat(StudyPages.markdown(report))
        .contains("## Runs that are not done\n\n| strategy | not done | class orders | why |\n")
        .contains(
            "| clear | 3 of 3 | 0, 1, 2 | 2 not run; 1 failed (no \\| space &lt;on disk>) |\n")
        .endsWith("| alike | 1 of 1 | 2 | not run |\n");
  }

  @Test
  void ofManyReasonsTheMostFrequentAreNamed() {
    StudyReport report =
        report(
            List.of(0L),
            "DONE",
            cell("FAILED", "a"),
            cell("FAILED", "b"),
            cell("FAILED", "c"),
            cell("FAILED", "d"),
            cell("FAILED", "d"));

    assertThat(StudyTables.missing(report).get(1))
        .endsWith("2 failed (d); 1 failed (a); 1 failed (b); for other reasons the rest");
  }

  @Test
  void markdownHasTheIntervalsAndTheSettings() {
    assertThat(StudyPages.markdown(eightOrders(cell("DONE", null))))
        .contains("| strategy | Last | Memory/class |\n|---|---:|---:|\n")
        .contains("| ours | 71.7 [70.7, 72.7] | 2.0 kB |\n")
        .contains("| minus ours | Last |\n|---|---:|\n")
        .contains("| clear | -11.7 [-13.0, -10.0] p=0.016 |\n")
        .contains("| clear | slda, version 2 | shrinkage: 0.5 | 1, 2 |\n")
        .doesNotContain("Runs that are not done");
  }

  @Test
  void seedsHaveATableOfTheirOwnWithTheStrategiesThatKeepAny() {
    assertThat(StudyPages.markdown(eightOrders(cell("DONE", null))))
        .contains(
            "## Seeds\n\n| strategy | rho_par |\n|---|---:|\n| ours | 0.750 [0.700, 0.800] |\n\n");
    assertThat(StudyText.render(eightOrders()))
        .containsPattern("strategy +rho_par\n")
        .contains("Seed fidelity: cosine");
  }

  @Test
  void aReportSaysHowItWasMade() {
    assertThat(StudyTables.notes(eightOrders(cell("DONE", null))))
        .contains(
            "Wall time: 120 s while its runs were at work; they computed for 2.0 h in all.",
            "Submitted by `autoseed study grid.yaml`, 4 runs at a time on 2 workers and 8 cores;"
                + " load 0.2 then, 1.5 at the report.",
            "Builds: runs by 0.1.0+abc, submitted the last time by 0.1.0+abc, reported by 0.2.0.");
  }

  @Test
  void thePageHasEverythingInItAndEndsNoScriptEarly() {
    StudyReport report = eightOrders(cell("FAILED", "</script><b>"));

    String page = new String(StudyPages.render(report).get("report.html"), UTF_8);

    assertThat(page)
        .contains("\"study\":\"grid-1\"", "echarts", "\\u003c/script>\\u003cb>")
        .doesNotContain(
            "</script><b>", "@DATA@", "@SCRIPT@", "@ECHARTS@", "@CHARTS@", "@STYLE@", "@TITLE@")
        .doesNotContainPattern("(src|href)=\"https?:");
  }

  @Test
  void aReasonThatReadsLikeAPlaceOfThePageStaysAReason() {
    String page =
        new String(
            StudyPages.render(eightOrders(cell("FAILED", "@DATA@ $1"))).get("report.html"), UTF_8);

    assertThat(page).contains("\"reason\":\"@DATA@ $1\"");
  }

  /** ECharts takes a string that a tooltip's formatter returns for markup. */
  @Test
  void aClassWhoseNameReadsLikeMarkupStaysAName() {
    ShownClass hostile =
        new ShownClass(
            "<img src=x onerror=alert(1)>", List.of(List.of(0.0, 1.0)), List.of(List.of(0.5, 0.5)));
    SeedsShown seeds =
        new SeedsShown("grid-1-ours-o0-s1", null, new SeedPicture(80, List.of(hostile)));
    StudyReport report = report(List.of(0L), "DONE", seeds, cell("DONE", null));

    String page = new String(StudyPages.render(report).get("report.html"), UTF_8);

    assertThat(page)
        .contains("\"name\":\"\\u003cimg src=x onerror=alert(1)>\"")
        .doesNotContain("<img src=x")
        .contains("formatter: tip((p) => `${p.seriesName}: ")
        .doesNotContainPattern("tooltip: \\{[^\\n]*formatter: (?!tip\\()");
  }

  @Test
  void theSameReportMakesTheSameBytes() {
    assertThat(StudyPages.render(eightOrders()).get("report.html"))
        .isEqualTo(StudyPages.render(eightOrders()).get("report.html"));
  }
}
