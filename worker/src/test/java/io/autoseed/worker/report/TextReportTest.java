package io.autoseed.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    assertThat(TextReport.render(new Report(result(List.of()), List.of(), List.of())))
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
  void ofMoreTasksThanFitALineABarStandsForSeveralAndThereIsNoMatrix() {
    RunResult longRun = result(IntStream.range(0, 121).mapToObj(i -> rowOf(121, i)).toList());
    assertThat(TextReport.curves(List.of(longRun)).strip())
        .isEqualTo("slda  100.0 " + "\u2588".repeat(41) + " 100.0");
    assertThat(TextReport.matrix(longRun))
        .isEqualTo("(a matrix of 121 tasks is too wide for a terminal: --json has it)\n");
  }

  private static List<Double> rowOf(int tasks, int learned) {
    return Stream.concat(
            Collections.nCopies(learned + 1, 100.0).stream(),
            Collections.<Double>nCopies(tasks - learned - 1, null).stream())
        .toList();
  }

  private static RunResult result(List<List<Double>> matrix) {
    return new RunResult(
        "r-3",
        "RUNNING",
        "a-sequence",
        "slda",
        IntStream.range(0, Math.max(1, matrix.size())).mapToObj(task -> "t-" + task).toList(),
        Collections.nCopies(Math.max(1, matrix.size()), 2),
        matrix,
        new Headline(null, null, null, null, null, null),
        null,
        0.4,
        Map.of(),
        Map.of());
  }

  @Test
  void theMatrixHasARowAfterEachTask() {
    assertThat(TextReport.matrix(baseline).lines().map(line -> line.replaceAll(" +", " ")))
        .contains("tops 100.0 40.0 20.0", "shoes - - -", "bags 85.0 70.0 95.0");
  }
}
