package io.autoseed.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.activities.phase.SeedPicture;
import io.autoseed.activities.phase.SeedPicture.ShownClass;
import io.autoseed.activities.study.StudyCircumstances;
import io.autoseed.activities.study.StudyMetric.Unit;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Column;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.activities.study.StudyReport.Material;
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
  private static final List<Long> EIGHT = List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
  private static final Map<String, Object> OWN = Map.of("shrinkage", 0.5);
  private static final Map<String, Object> PROJECTED = Map.of("gradient-projection", true);
  private static final SeedsShown NO_SEEDS =
      new SeedsShown("grid-1-ours-o0-s1", "there are none", null);

  private static Line line(
      String label,
      String strategy,
      Map<String, Object> settings,
      double last,
      int orders,
      Difference difference) {
    Map<String, Mean> means = new TreeMap<>();
    means.put("last", new Mean(new Estimate(last, last - 1, last + 1), orders));
    means.put("memoryBytesPerClass", new Mean(new Estimate(2048, 2048, 2048), orders));
    if (label.equals("ours")) {
      means.put("seedSpreadParallel", new Mean(new Estimate(0.75, 0.7, 0.8), orders));
    }
    return new Line(
        label,
        strategy,
        2,
        !label.equals("far"),
        new TreeMap<>(settings),
        List.of(1L, 2L),
        2 * orders,
        new TreeMap<>(means),
        new TreeMap<>(difference == null ? Map.of() : Map.of("last", difference)),
        List.of(List.of(last, 10.0), List.of(80.0, 70.0)));
  }

  private static Cell cell(String state, String reason) {
    return cell("ours", 0, state, reason);
  }

  private static Cell cell(String label, long order, String state, String reason) {
    return new Cell("run", label, order, 1, state, reason, "0.1.0+abc", new TreeMap<>());
  }

  private static StudyReport report(List<Long> orders, String state, Cell... cells) {
    return report(orders, state, NO_SEEDS, cells);
  }

  private static StudyReport report(
      List<Long> orders, String state, SeedsShown seeds, Cell... cells) {
    return report(orders, orders.size(), state, seeds, cells);
  }

  /**
   * @param common class orders that {@code clear} was measured on as the reference was
   */
  private static StudyReport report(
      List<Long> orders, int common, String state, SeedsShown seeds, Cell... cells) {
    int all = orders.size();
    List<Line> lines =
        List.of(
            line("ours", "slda", Map.of(), 71.7, all, null),
            line(
                "clear",
                "slda",
                OWN,
                60,
                common,
                difference(-11.7, 1.5, common, common < 6 ? 0.1875 : 0.0156)),
            line("alike", "slda", OWN, 71.6, all, difference(-0.1, 1, all, 0.7)),
            line("steady", "slda", OWN, 69.7, all, difference(-2, 0, all, 1)),
            line("same", "er", PROJECTED, 71.7, all, difference(-0.04, 0, all, 1)),
            line("far", "er", Map.of(), 30, all, difference(-41.7, 1, all, 0.0004)));
    return report(orders, List.of(100L), lines, state, seeds, cells);
  }

  private static StudyReport report(
      List<Long> orders,
      List<Long> tuningOrders,
      List<Line> lines,
      String state,
      SeedsShown seeds,
      Cell... cells) {
    return report(null, orders, tuningOrders, lines, state, seeds, cells);
  }

  private static StudyReport report(
      Double labelNoise,
      List<Long> orders,
      List<Long> tuningOrders,
      List<Line> lines,
      String state,
      SeedsShown seeds,
      Cell... cells) {
    return new StudyReport(
        "grid-1",
        "grid",
        state,
        null,
        "avx2",
        new Material(
            "builtin", List.of(new DataSetRow("0123456789abcdef", "pets", 1, "CC0")), 1200, 300),
        2,
        4,
        labelNoise,
        orders,
        tuningOrders,
        "ours",
        6,
        List.of(LAST, MEMORY, SPREAD),
        lines,
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

  private static Difference difference(double value, double width, int orders, double p) {
    return new Difference(
        new Estimate(value, value - width, value + width), orders, orders, p / 2, p);
  }

  private static StudyReport eightOrders(Cell... cells) {
    return report(EIGHT, "DONE", cells);
  }

  static StudyReport withSeeds(SeedsShown seeds) {
    return report(EIGHT, "DONE", seeds, cell("DONE", null));
  }

  static StudyReport nothingMeasured() {
    return report(
        List.of(),
        List.of(),
        List.of(measured("ours", Map.of())),
        "STOPPED",
        NO_SEEDS,
        cell("CANCELLED", "cancelled on request"));
  }

  @Test
  void theTerminalShowsMeansAndPairedDifferences() {
    String text = StudyText.render(eightOrders(cell("DONE", null)));

    assertThat(text)
        .contains("grid-1: 1 of 1 runs done, 120 s")
        .containsPattern("ours +71.7 +2.0 kB")
        .containsPattern("clear +-11.7 \\[-13.2, -10.2\\] p=0.016\n")
        .containsPattern("alike +-0.1 \\[-1.1, \\+0.9\\] ns\n")
        .contains("Class orders 100 are for choosing settings (tuning-orders) and not reported.")
        .contains("\nsame is er with gradient-projection\n")
        .doesNotContain("be told from chance at 0.05", "first look", "(n=", " n: class orders");
  }

  @Test
  void tooFewOrdersAreSaidToBeTooFew() {
    assertThat(StudyText.render(report(List.of(0L, 1L), "DONE", cell("DONE", null))))
        .contains(
            "over the variants of ours (3) and over the other strategies (2)",
            "4 differences in these tables could by themselves not be told from chance at 0.05, of"
                + " whatever size: over too few class orders, or zero in too many; the larger family,"
                + " of 3, takes 6 that differ. Fewer than 8 class orders are a first look.");
  }

  @Test
  void aDifferenceOverSomeOfTheOrdersSaysSoAndIsTooLittleForAClaim() {
    StudyReport report = report(EIGHT, 5, "DONE", NO_SEEDS, cell("DONE", null));

    assertThat(report.undecidable()).isEqualTo(1);
    assertThat(StudyText.render(report))
        .contains("n: class orders that a number is over, where not all.")
        .contains(
            "1 difference in these tables could by itself not be told from chance at 0.05, of")
        .containsPattern("clear +60.0 \\(n=5\\) +2.0 kB \\(n=5\\)\n")
        .containsPattern("clear +-11.7 \\[-13.2, -10.2\\] ns \\(n=5\\)\n")
        .containsPattern("ours +71.7 +2.0 kB\n");
    assertThat(StudyPages.markdown(report))
        .contains("| clear | 60.0 [59.0, 61.0] (n=5) | 2.0 kB (n=5) |\n");
  }

  @Test
  void withoutAnyDifferenceItIsSaidThatNothingIsCompared() {
    List<Line> lines =
        List.of(
            line("ours", "slda", Map.of(), 71.7, 1, null),
            line("other", "er", Map.of(), 71.7, 1, null));

    assertThat(StudyNotes.of(report(List.of(0L, 1L), List.of(), lines, "DONE", NO_SEEDS)))
        .contains(
            "Nothing is compared: no class order has what it takes of both ours and another strategy.")
        .contains("The file names no class orders (tuning-orders) that settings were chosen on.")
        .noneMatch(note -> note.contains("be told from chance at 0.05"));
  }

  @Test
  void strategiesThatCannotScoreATaskToComeAreNamed() {
    List<Line> lines =
        List.of(
            line("ours", "auto-seed", Map.of(), 40, 8, null),
            line("far", "slda", Map.of(), 30, 8, null),
            measured("unmeasured", Map.of()));

    assertThat(StudyNotes.of(report(EIGHT, List.of(), lines, "DONE", NO_SEEDS)))
        .contains(
            "Not able to score a class before its data come: far. They have no FWT, seen loss,"
                + " Transfer and CI-Transfer, and where a task is yet to come the frozen model's"
                + " accuracies stand in their matrices, which their Forgetting counts.");
  }

  private static Line measured(String label, Map<String, Mean> means) {
    return new Line(
        label,
        "slda",
        1,
        false,
        new TreeMap<>(),
        List.of(1L),
        8,
        new TreeMap<>(means),
        new TreeMap<>(),
        List.of());
  }

  @Test
  void wrongLabelsAreSaidToBeOnPurpose() {
    List<Line> lines = List.of(line("ours", "slda", Map.of(), 71.7, 1, null));

    assertThat(StudyNotes.of(report(0.2, EIGHT, List.of(), lines, "DONE", NO_SEEDS)))
        .anyMatch(note -> note.startsWith("Training labels were replaced with probability 0.2 by"));
    assertThat(StudyNotes.of(report(EIGHT, List.of(), lines, "DONE", NO_SEEDS)))
        .noneMatch(note -> note.startsWith("Training labels"));
  }

  @Test
  void aScreeningIsSaidToBeNoResult() {
    List<Line> lines = List.of(line("ours", "slda", Map.of(), 71.7, 1, null));
    List<Long> tuned = List.of(100L);

    assertThat(
            StudyNotes.of(
                report(tuned, tuned, lines, "DONE", NO_SEEDS, cell("ours", 100, "DONE", null))))
        .contains(
            "A screening, on class orders that settings are chosen on: none of these numbers is a"
                + " result.");
  }

  @Test
  void anIntervalOverASingleClassOrderIsSaidToBeNone() {
    assertThat(StudyNotes.of(report(List.of(0L), "DONE", cell("DONE", null))))
        .anyMatch(
            note ->
                note.contains(
                    "as the digits shown; a single class order has none, times have none. Each"));
    assertThat(StudyNotes.of(eightOrders(cell("DONE", null))))
        .anyMatch(note -> note.contains("as narrow as the digits shown; times have none. Each"));
  }

  @Test
  void anIntervalWithoutWidthIsNotWritten() {
    assertThat(
            StudyTables.differences(eightOrders(), eightOrders().families().variants(), c -> true))
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
        .contains("| strategy | Last ↑ | Memory/class ↓ |\n|---|---:|---:|\n")
        .contains("| ours | 71.7 [70.7, 72.7] | 2.0 kB |\n")
        .contains("| minus ours | Last ↑ |\n|---|---:|\n")
        .contains("| clear | -11.7 [-13.2, -10.2] p=0.016 |\n")
        .contains("| clear | slda with shrinkage: 0.5 | 2 | 1, 2 | 16 |\n")
        .doesNotContain("Runs that are not done");
  }

  @Test
  void variantsAndOtherStrategiesAreTablesOfTheirOwn() {
    assertThat(StudyPages.markdown(eightOrders(cell("DONE", null))))
        .contains(
            "## Other settings of the same strategy, minus ours\n\n| minus ours | Last ↑ |\n|---|---:|\n| clear |")
        .contains("| steady | -2.0 ns |\n\n## Other strategies, minus ours\n\n| minus ours |")
        .contains("| same | 0.0 ns |\n| far | -41.7 [-42.7, -40.7] p&lt;0.001 |\n\n");
  }

  @Test
  void metricsStrategiesAndSettingsAreExplained() {
    assertThat(StudyPages.markdown(eightOrders(cell("DONE", null))))
        .contains("\n- Last ↑: mean accuracy over all tasks after the last one, in percent,")
        .contains("\n- Memory/class ↓: everything kept between tasks")
        .contains("\n- slda: class means and one shared covariance", "(Hayes and Kanan 2020,")
        .contains("\n  - shrinkage (0.05 if left out): lambda,")
        .contains("| same | er with gradient-projection | 2 | 1, 2 | 16 |\n");
  }

  @Test
  void seedsHaveATableOfTheirOwnWithTheStrategiesThatKeepAny() {
    assertThat(StudyPages.markdown(eightOrders(cell("DONE", null))))
        .contains("## Fidelity and spread of the seeds\n\n| strategy | rho_par |\n|---|---:|\n")
        .contains("|\n| ours | 0.750 [0.700, 0.800] |\n\n")
        .contains("\n- rho_par: spread of seeds within their class");
    assertThat(StudyText.render(eightOrders())).containsPattern("strategy +rho_par\n");
  }

  @Test
  void aReportSaysHowItWasMade() {
    assertThat(StudyNotes.of(eightOrders(cell("DONE", null))))
        .contains(
            "Wall time: 120 s while its runs were at work; they computed for 2.0 h in all.",
            "Submitted by `autoseed study grid.yaml`, 4 runs at a time on 2 workers and 8 cores;"
                + " load 0.2 then, 1.5 at the report.",
            "Builds: runs by 0.1.0+abc, submitted the last time by 0.1.0+abc, reported by 0.2.0.");
  }

  @Test
  void aReportSaysWhatWasLearnedAndWithHowManyRandomSeeds() {
    assertThat(StudyNotes.of(eightOrders(cell("DONE", null))))
        .contains(
            "Each run learns 4 classes in 2 tasks from 1,200 images and is evaluated on 300, with the"
                + " encoders 'builtin' on numeric profile avx2. Data: pets 0123456789ab.")
        .anyMatch(note -> note.endsWith("random seeds are averaged inside it first: 2."));
    assertThat(StudyNotes.of(report(EIGHT, List.of(), twoSeedsAndOne(), "DONE", NO_SEEDS)))
        .anyMatch(note -> note.endsWith("inside it first: 2; 1 of slda, er."));
  }

  private static List<Line> twoSeedsAndOne() {
    return List.of(
        line("ours", "slda", Map.of(), 71.7, 8, null),
        measured("slda", Map.of()),
        measured("er", Map.of()));
  }

  @Test
  void runsThatWereLostAndRunsOfEarlierStudiesAreCounted() {
    StudyReport report =
        eightOrders(
            cell("FAILED", "disk full"),
            cell("CANCELLED", null),
            cell("NOT_RUN", null),
            new Cell("grid-1-ours-o0-s1", "ours", 0, 1, "DONE", null, "abc", new TreeMap<>()),
            new Cell("grid-0-ours-o1-s1", "ours", 1, 1, "DONE", null, "abc", new TreeMap<>()));

    assertThat(StudyNotes.of(report))
        .contains(
            "2 runs failed or cancelled, listed below: in their class orders their strategies do not"
                + " count, whatever other random seeds measured.",
            "Taken over from earlier studies of this name, times included: 1 run.");
  }

  @Test
  void aStudyThatWasCarriedOnToItsEndDoesNotSayThatThereIsMore() {
    assertThat(StudyNotes.of(report(EIGHT, "PARTLY_DONE", cell("DONE", null))))
        .noneMatch(note -> note.contains("asked for so far"));
  }

  @Test
  void timesHaveNoInterval() {
    Mean wide = new Mean(new Estimate(2, 1, 3), 8);
    Column seconds = new Column("secondsPerTask", "Seconds/task", Unit.SECONDS);

    assertThat(StudyTables.cell(wide, seconds, true, eightOrders())).isEqualTo("2.0 s");
  }

  @Test
  void smallProbabilitiesAreNotWrittenAsZero() {
    assertThat(Numbers.probability(0.0004)).isEqualTo("p<0.001");
    assertThat(Numbers.probability(0.0156)).isEqualTo("p=0.016");
  }

  @Test
  void zeroHasNoSign() {
    assertThat(Numbers.points(-0.04)).isEqualTo("0.0");
    assertThat(Numbers.points(0.06)).isEqualTo("+0.1");
    assertThat(Numbers.points(-0.06)).isEqualTo("-0.1");
  }

  @Test
  void theLinesOfTheBenchmarksStrategiesDiffer() {
    assertThat(Palette.strokes(30)).doesNotHaveDuplicates();
  }

  @Test
  void thePagesTakeTheirColoursFromThePalette() {
    String own = WebResources.text("/io/autoseed/worker/report/charts.js");

    assertThat(Palette.COLOURS).noneMatch(own::contains);
    assertThat(WebResources.charts())
        .startsWith(own)
        .contains("\nconst COLOURS = [\"" + String.join("\",\"", Palette.COLOURS) + "\"];\n");
  }

  @Test
  void pagesDoNotDependOnTheLanguageOfTheMachine() {
    StudyReport report = report(List.of(0L, 1L), "DONE", cell("FAILED", "disk full"));
    Map<String, byte[]> here = StudyPages.render(report);

    Map<String, byte[]> there = OtherDigits.during(() -> StudyPages.render(report));

    assertThat(there.get("report.md")).isEqualTo(here.get("report.md"));
    assertThat(there.get("report.html")).isEqualTo(here.get("report.html"));
    assertThat(OtherDigits.during(() -> StudyText.render(report)))
        .isEqualTo(StudyText.render(report));
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
