package io.autoseed.learning.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.learning.metrics.TaskBootstrap.Metric;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskBootstrapTest {
  private final AccuracyMatrix r =
      AccuracyMatrix.of(
          List.of(List.of(90.0, 20.0, 10.0), List.of(95.0, 80.0, 30.0), List.of(70.0, 75.0, 60.0)));

  @Test
  void theValueIsTheMetric() {
    MatrixMetrics metrics = new MatrixMetrics(r);
    assertThat(estimate(Metric.LAST)).isCloseTo(value(metrics.last()), within(1e-9));
    assertThat(estimate(Metric.AVG)).isCloseTo(value(metrics.averageIncremental()), within(1e-9));
    assertThat(estimate(Metric.BWT)).isCloseTo(value(metrics.backwardTransfer()), within(1e-9));
    assertThat(estimate(Metric.FORGETTING)).isCloseTo(value(metrics.forgetting()), within(1e-9));
    assertThat(estimate(Metric.TRANSFER)).isCloseTo(value(metrics.transfer()), within(1e-9));
  }

  @Test
  void aMetricThatNeedsAMissingCellHasNoEstimate() {
    AccuracyMatrix gap = AccuracyMatrix.of(List.of(Arrays.asList(90.0, null), List.of(70.0, 75.0)));
    assertThat(TaskBootstrap.estimate(Metric.LAST, gap)).isPresent();
    assertThat(TaskBootstrap.estimate(Metric.TRANSFER, gap)).isEmpty();
    assertThat(TaskBootstrap.estimate(Metric.AVG, gap)).isPresent();
  }

  @Test
  void oneTaskHasNoBackwardTransfer() {
    AccuracyMatrix single = AccuracyMatrix.of(List.of(List.of(90.0)));
    assertThat(TaskBootstrap.estimate(Metric.BWT, single)).isEmpty();
    assertThat(TaskBootstrap.estimate(Metric.LAST, single)).hasValue(new Estimate(90, 90, 90));
  }

  @Test
  void aMeanOverTasksCountsThoseThatHaveAValue() {
    List<Double> transfers = Arrays.asList(null, 10.0, 30.0);
    Estimate mean = TaskBootstrap.mean(transfers).orElseThrow();
    assertThat(mean).isEqualTo(new Estimate(20, 10, 30));
    assertThat(TaskBootstrap.mean(Arrays.asList(null, null))).isEmpty();
  }

  @Test
  void aDifferenceOfMeansDrawsTheSameTasksInBoth() {
    List<Double> transfers = Arrays.asList(null, 10.0, 30.0);
    List<Double> others = Arrays.asList(null, 9.0, 29.0);
    Estimate difference = TaskBootstrap.difference(transfers, others).orElseThrow();
    assertThat(difference.value()).isEqualTo(1);
    assertThat(difference.low()).isCloseTo(1, within(1e-9));
    assertThat(difference.high()).isCloseTo(1, within(1e-9));
    assertThatThrownBy(() -> TaskBootstrap.difference(transfers, List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 and 1");
  }

  /** The mean of n draws of variance 1 is within +-1.96 / sqrt(n). */
  @Test
  void theIntervalHasTheWidthOfTheStandardError() {
    int tasks = 100;
    float[] drawn = CounterRandom.of(7, 0, "test", 0).gaussians(tasks);
    List<List<Double>> rows = new ArrayList<>(Collections.nCopies(tasks, null));
    rows.replaceAll(row -> new ArrayList<>(Collections.nCopies(tasks, 0.0)));
    for (int j = 0; j < tasks; j++) {
      rows.get(tasks - 1).set(j, (double) drawn[j]);
    }
    Estimate last = TaskBootstrap.estimate(Metric.LAST, AccuracyMatrix.of(rows)).orElseThrow();
    assertThat(last.value()).isBetween(last.low(), last.high());
    assertThat(last.high() - last.low()).isBetween(0.33, 0.45);
  }

  @Test
  void aMeanOfAccuraciesStaysAmongThem() {
    Estimate average = TaskBootstrap.estimate(Metric.AVG, r).orElseThrow();
    assertThat(average.low()).isBetween(60.0, average.value());
    assertThat(average.high()).isBetween(average.value(), 95.0);
  }

  @Test
  void aConstantDifferenceIsCertainHoweverTheTasksVary() {
    AccuracyMatrix lower =
        AccuracyMatrix.of(
            List.of(
                List.of(88.0, 18.0, 8.0), List.of(93.0, 78.0, 28.0), List.of(68.0, 73.0, 58.0)));
    Estimate difference = TaskBootstrap.difference(Metric.LAST, r, lower).orElseThrow();
    assertThat(difference.low()).isCloseTo(2, within(1e-9));
    assertThat(difference.high()).isCloseTo(2, within(1e-9));
    AccuracyMatrix single = AccuracyMatrix.of(List.of(List.of(90.0)));
    assertThatThrownBy(() -> TaskBootstrap.difference(Metric.LAST, r, single))
        .hasMessageContaining("3 and 1");
  }

  private double estimate(Metric metric) {
    return TaskBootstrap.estimate(metric, r).orElseThrow().value();
  }

  private static double value(Measure measure) {
    return ((Measure.Value) measure).value();
  }
}
