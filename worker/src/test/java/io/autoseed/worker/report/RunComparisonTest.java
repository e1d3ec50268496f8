package io.autoseed.worker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.learning.metrics.TaskBootstrap.Estimate;
import io.autoseed.worker.report.RunComparison.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
  private final RunView better =
      SampleRuns.view("r-1", "auto-seed", List.of(List.of(90.0, 10.0), List.of(80.0, 60.0)));
  private final RunView worse =
      SampleRuns.view("r-2", "finetune", List.of(List.of(90.0, 10.0), List.of(70.0, 50.0)));

  @Test
  void eachRunHasItsMetricsAndTheOthersTheirDifferenceToTheFirst() {
    RunComparison comparison = RunComparison.of(List.of(better, worse));
    assertThat(comparison.runs().get(0).metrics().get("last").value()).isEqualTo(70);
    assertThat(comparison.runs().get(0).difference()).isEmpty();
    Side second = comparison.runs().get(1);
    assertThat(second.metrics().get("bwt").value()).isEqualTo(-20);
    Estimate last = second.difference().get("last");
    assertThat(last.value()).isCloseTo(-10, within(1e-9));
    assertThat(last.low()).isCloseTo(-10, within(1e-9));
    assertThat(last.high()).isCloseTo(-10, within(1e-9));
  }

  @Test
  void runsOfOtherTasksHaveNoDifference() {
    RunView other = SampleRuns.view("r-3", "slda", List.of(List.of(50.0)));
    assertThat(RunComparison.of(List.of(better, other)).runs().get(1).difference()).isEmpty();
  }

  @Test
  void theTextNamesTheRunsAndWhatTheIntervalsAreOver() {
    String text = RunComparison.of(List.of(better, worse)).text();
    assertThat(text).contains("1  r-1", "2  r-2", "bootstrap over tasks", "-10.0 [-10.0, -10.0]");
  }

  @Test
  void aRunThatHasMeasuredNothingIsShownWithDashes() {
    RunView fresh = SampleRuns.view("r-4", "slda", List.of());
    assertThat(RunComparison.of(List.of(better, fresh)).runs().get(1).metrics()).isEmpty();
  }
}
