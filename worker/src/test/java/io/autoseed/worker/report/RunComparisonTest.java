package io.autoseed.worker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.learning.statistics.Estimate;
import io.autoseed.worker.report.RunComparison.Side;
import io.autoseed.worker.report.RunComparison.Subject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
  private final RunView better =
      SampleRuns.view("r-1", "auto-seed", List.of(List.of(90.0, 10.0), List.of(80.0, 60.0)));
  private final RunView worse =
      SampleRuns.view("r-2", "finetune", List.of(List.of(90.0, 10.0), List.of(70.0, 50.0)));

  private static Subject subject(RunView view, Double... transfers) {
    return new Subject(view, Arrays.asList(transfers));
  }

  private static RunComparison compare(Subject... subjects) {
    return RunComparison.of(List.of(subjects));
  }

  @Test
  void eachRunHasItsMetricsAndTheOthersTheirDifferenceToTheFirst() {
    RunComparison comparison = compare(subject(better, null, 4.0), subject(worse, null, 1.0));
    assertThat(comparison.runs().get(0).metrics().get("last").value()).isEqualTo(70);
    assertThat(comparison.runs().get(0).difference()).isEmpty();
    Side second = comparison.runs().get(1);
    assertThat(second.metrics().get("bwt").value()).isEqualTo(-20);
    assertThat(second.metrics().get("fwt")).isEqualTo(new Estimate(1, 1, 1));
    assertThat(second.difference().get("fwt")).isEqualTo(new Estimate(-3, -3, -3));
    assertThat(second.metrics()).containsKey("transfer");
    assertThat(second.difference()).containsKey("transfer");
    assertThat(second.remark()).isNull();
    Estimate last = second.difference().get("last");
    assertThat(last.value()).isCloseTo(-10, within(1e-9));
    assertThat(last.low()).isCloseTo(-10, within(1e-9));
    assertThat(last.high()).isCloseTo(-10, within(1e-9));
  }

  @Test
  void moreThanTwoRunsAreEachComparedWithTheFirst() {
    RunView third =
        SampleRuns.view("r-3", "slda", List.of(List.of(80.0, 10.0), List.of(80.0, 80.0)));
    RunComparison comparison =
        compare(subject(better, null, null), subject(worse, null, null), subject(third, null, 1.0));
    assertThat(comparison.runs().get(1).difference().get("last").value()).isEqualTo(-10);
    assertThat(comparison.runs().get(2).difference().get("last").value()).isEqualTo(10);
    assertThat(comparison.runs().get(2).difference()).doesNotContainKeys("fwt", "transfer");
    assertThat(comparison.runs().get(1).metrics()).doesNotContainKeys("fwt", "transfer");
    assertThat(comparison.runs().get(2).metrics()).containsKey("transfer");
  }

  @Test
  void aForwardTransferThatWasNotMeasuredInEveryTaskHasNoMean() {
    RunView three =
        SampleRuns.view(
            "r-3",
            "slda",
            List.of(List.of(80.0, 10.0, 1.0), List.of(80.0, 80.0, 1.0), List.of(80.0, 80.0, 80.0)));
    RunComparison comparison =
        compare(subject(three, null, 4.0, null), subject(three, null, 4.0, 2.0));
    assertThat(comparison.runs().get(0).metrics()).doesNotContainKey("fwt");
    assertThat(comparison.runs().get(1).metrics().get("fwt").value()).isEqualTo(3);
  }

  @Test
  void runsOfOtherTasksHaveNoDifferenceAndSayWhy() {
    RunView other = SampleRuns.view("r-3", "slda", List.of(List.of(50.0)));
    Side side = compare(subject(better, null, 1.0), subject(other, (Double) null)).runs().get(1);
    assertThat(side.difference()).isEmpty();
    assertThat(side.remark()).contains("other tasks");
  }

  @Test
  void aRunThatHasMeasuredLessHasNoDifferenceAndSaysInPlainDigitsHowFarItIs() {
    RunView begun = SampleRuns.view("r-6", "slda", 2, List.of(List.of(90.0, 10.0)));
    Side side =
        OtherDigits.during(
            () -> compare(subject(better, null, 1.0), subject(begun, null, 1.0)).runs().get(1));
    assertThat(side.difference()).isEmpty();
    assertThat(side.remark())
        .isEqualTo("has measured after 1 tasks, the first after 2: no differences");
  }

  @Test
  void aRunThatEndedInTheSameBitsIsSaidToBeIdentical() {
    RunView again =
        SampleRuns.view("r-5", "auto-seed", List.of(List.of(90.0, 10.0), List.of(80.0, 60.0)));
    RunComparison comparison = compare(subject(better, null, 4.0), subject(again, null, 4.0));
    assertThat(comparison.runs().get(1).remark()).contains("identical");
    assertThat(ComparisonText.render(comparison)).contains("2  r-5  is identical to the first");
    assertThat(
            compare(subject(better, null, 4.0), subject(worse, null, 4.0)).runs().get(1).remark())
        .isNull();
  }

  @Test
  void theTextNamesTheRunsAndWhatTheIntervalsAreOver() {
    String text =
        ComparisonText.render(compare(subject(better, null, 4.0), subject(worse, null, 1.0)));
    assertThat(text)
        .contains("1  r-1", "2  r-2", "1 auto-seed", "bootstrap over tasks", "-10.0 [-10.0, -10.0]")
        .contains("compute", "wall time", "-3.0 [-3.0, -3.0]")
        .containsPattern("  to the first +- +0.0 \\[");
  }

  @Test
  void aRunThatHasMeasuredNothingIsShownWithDashes() {
    RunView fresh = SampleRuns.view("r-4", "slda", List.of());
    assertThat(compare(subject(better, null, 1.0), subject(fresh)).runs().get(1).metrics())
        .isEmpty();
  }
}
