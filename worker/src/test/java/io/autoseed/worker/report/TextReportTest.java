package io.autoseed.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private final RunResult main = SampleRuns.complete("r-1", "auto-seed");
  private final RunResult baseline = SampleRuns.withGaps("r-2", "finetune");

  @Test
  void theTableHasOneRowAStrategyAndADashForWhatIsMissing() {
    assertThat(
            TextReport.metrics(List.of(main, baseline)).lines().map(l -> l.replaceAll(" +", " ")))
        .contains(
            "auto-seed 83.3 89.4 -12.5 12.5 +3.0 1.5 kB 5.5 s", "finetune 83.3 - - - - - 0.0 s");
  }

  @Test
  void theCurveShowsTheMeanOverTasksSeenAndABlankForAMissingRow() {
    // (100), (90 + 80) / 2, (85 + 70 + 95) / 3
    assertThat(main.curve()).containsExactly(100.0, 85.0, 250.0 / 3);
    assertThat(TextReport.curves(List.of(main, baseline)).lines())
        .containsExactly("auto-seed  100.0 █▇▇ 83.3", "finetune   100.0 █ ▇ 83.3");
  }

  @Test
  void theWholeReportNamesTheRunTheTasksAndThePhases() {
    String text = TextReport.render(new Report(main, List.of(baseline), List.of()));
    assertThat(text)
        .contains("three-tasks: 3 tasks, 9 classes", "run r-1, done", "seed update", "3.3 s");
  }

  @Test
  void aRunWithoutAnyEvaluationIsShownWithDashes() {
    RunResult fresh =
        new RunResult(
            "r-3",
            "RUNNING",
            "three-tasks",
            "slda",
            List.of("tops"),
            List.of(2),
            List.of(),
            new Headline(null, null, null, null, null, null),
            null,
            0.4,
            java.util.Map.of(),
            java.util.Map.of());
    assertThat(TextReport.render(new Report(fresh, List.of(), List.of())))
        .contains("slda      -  -");
  }

  @Test
  void theSeedsOfStrategiesThatKeepSomeAreMeasuredAndNoOthers() {
    assertThat(TextReport.seeds(List.of(main, baseline)).lines().map(l -> l.replaceAll(" +", " ")))
        .contains("auto-seed 0.912 0.750 0.500 0.250")
        .noneMatch(line -> line.startsWith("finetune"));
    assertThat(TextReport.seeds(List.of(baseline))).isEmpty();
  }

  @Test
  void theMatrixHasARowAfterEachTask() {
    assertThat(TextReport.matrix(baseline).lines().map(line -> line.replaceAll(" +", " ")))
        .contains("tops 100.0 40.0 20.0", "shoes - - -", "bags 85.0 70.0 95.0");
  }
}
