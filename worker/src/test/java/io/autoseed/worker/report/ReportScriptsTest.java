package io.autoseed.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.phase.SeedPicture;
import io.autoseed.activities.phase.SeedPicture.ShownClass;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.SeedsShown;
import io.autoseed.worker.report.ScriptedPage.Drawing;
import io.autoseed.worker.report.ScriptedPage.Series;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportScriptsTest {
  private static ScriptedPage page(StudyReport report) {
    return new ScriptedPage(new String(StudyPages.render(report).get("report.html"), UTF_8));
  }

  private static StudyReport study() {
    ShownClass shown =
        new ShownClass(
            "coat", List.of(List.of(0.0, 1.0)), List.of(List.of(0.5, 0.5), List.of(0.0, 0.5)));
    return StudyPagesTest.withSeeds(
        new SeedsShown("grid-1-ours-o0-s1", null, new SeedPicture(80, List.of(shown))));
  }

  @Test
  void everyChartOfAStudyHasItsSeries() throws IOException {
    try (ScriptedPage page = page(study())) {
      List<Drawing> drawings = page.drawings();

      assertThat(drawings)
          .extracting(Drawing::title)
          .containsExactly(
              "Accuracy on the tasks seen so far",
              "Accuracy against memory",
              "Last, difference to ours",
              "Accuracy matrix",
              "Seeds and real examples");
      assertThat(drawings.get(0).series())
          .containsExactly(
              new Series("line", "ours", 2),
              new Series("line", "clear", 2),
              new Series("line", "alike", 2),
              new Series("line", "steady", 2),
              new Series("line", "same", 2),
              new Series("line", "far", 2));
      assertThat(drawings.get(1).axis()).isEqualTo("log");
      assertThat(drawings.subList(1, 5))
          .extracting(Drawing::types)
          .isEqualTo(
              List.of(
                  List.of("scatter"),
                  List.of("bar", "custom"),
                  List.of("heatmap"),
                  List.of("scatter", "scatter")));
      assertThat(drawings.subList(1, 5))
          .extracting(drawing -> drawing.series().get(0).points())
          .containsExactly(6, 5, 4, 2);
      assertThat(drawings)
          .allSatisfy(
              drawing -> assertThat(drawing.picture()).contains("<path").doesNotContain("NaN"));
      assertThat(drawings.get(1).picture()).contains(">clear</text>", ">far</text>");
    }
  }

  @Test
  void theMatrixOfTheStrategyThatIsChosenIsDrawn() throws IOException {
    try (ScriptedPage page = page(study())) {
      assertThat(page.drawings().get(3).picture())
          .contains(">71.7</text>")
          .doesNotContain(">30.0</text>");
      assertThat(page.text()).doesNotContain("It cannot score a task to come");

      page.choose("far");
      assertThat(page.text()).contains("It cannot score a task to come");

      assertThat(page.drawings().get(3).picture())
          .contains(">30.0</text>")
          .doesNotContain(">71.7</text>");
    }
  }

  @Test
  void thePageOfAStudyHasTheTablesOfItsMarkdown() {
    try (ScriptedPage page = page(study())) {
      assertThat(page.text())
          .contains("71.7  [70.7, 72.7]", "-11.7  p=0.016  [-13.2, -10.2]", "-2.0  ns")
          .contains("minus ours Last\u00a0↑", "0.750  [0.700, 0.800]", "2.0 kB")
          .contains("Wall time: 120 s while its runs were at work");
    }
  }

  @Test
  void aStudyOfWhichNothingCountsYetHasNoCharts() throws IOException {
    try (ScriptedPage page = page(StudyPagesTest.nothingMeasured())) {
      assertThat(page.drawings()).isEmpty();
      assertThat(page.text()).contains("Runs that are not done", "1 of 1");
    }
  }

  @Test
  void everyChartOfARunHasItsSeries() throws IOException {
    Report report =
        new Report(
            SampleRuns.complete("r-1", "auto-seed"),
            List.of(SampleRuns.withGaps("r-2", "finetune")),
            List.of(new Report.Link("MLflow", "http://127.0.0.1:17303")));
    try (ScriptedPage page = new ScriptedPage(HtmlPage.render(report))) {
      List<Drawing> drawings = page.drawings();

      assertThat(drawings)
          .extracting(Drawing::types)
          .isEqualTo(
              List.of(List.of("line", "line"), List.of("heatmap"), Collections.nCopies(3, "bar")));
      assertThat(drawings.get(1).series().get(0).points()).isEqualTo(9);
      assertThat(drawings)
          .allSatisfy(
              drawing -> assertThat(drawing.picture()).contains("<path").doesNotContain("NaN"));
    }
  }
}
