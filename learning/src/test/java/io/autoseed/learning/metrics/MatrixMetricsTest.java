package io.autoseed.learning.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixMetricsTest {
  /**
   * Published values of ZSCL's table 3, one decimal, from matrices rounded to two: 0.055 apart at
   * most. mtil/README.md says where they come from.
   */
  @ParameterizedTest
  @CsvSource({
    "continual-ft, 44.6, 55.9, 77.3, -12.045, 12.046",
    "lwf,          56.9, 64.7, 74.6, -11.649, 11.653",
    "icarl,        50.4, 65.7, 80.1,  -7.657,  7.853",
    "lwf-vr,       57.2, 65.1, 76.6, -10.122, 10.122",
    "wise-ft,      52.3, 60.7, 77.7, -11.897, 11.9",
    "zscl-star,    62.2, 72.6, 84.5,  -4.69,   4.69",
    "zscl,         68.1, 75.4, 83.6,  -3.849,  3.849"
  })
  void published_mtil_matrices_give_the_published_metrics(
      String method, double transfer, double avg, double last, double bwt, double forgetting)
      throws IOException {
    MatrixMetrics metrics = new MatrixMetrics(mtil(method));
    assertThat(value(metrics.transfer())).isCloseTo(transfer, within(0.055));
    assertThat(value(metrics.averageMtil())).isCloseTo(avg, within(0.055));
    assertThat(value(metrics.last())).isCloseTo(last, within(0.055));
    assertThat(value(metrics.backwardTransfer())).isCloseTo(bwt, within(0.002));
    assertThat(value(metrics.forgetting())).isCloseTo(forgetting, within(0.002));
  }

  @Test
  void metrics_of_a_small_matrix_equal_the_values_computed_by_hand() {
    MatrixMetrics metrics =
        new MatrixMetrics(
            matrix(row(90.0, 20.0, 10.0), row(70.0, 80.0, 30.0), row(60.0, 85.0, 75.0)));
    assertThat(value(metrics.last())).isCloseTo(220.0 / 3, within(1e-12));
    assertThat(value(metrics.averageIncremental()))
        .isCloseTo((90.0 + 75.0 + 220.0 / 3) / 3, within(1e-12));
    assertThat(value(metrics.averageMtil())).isCloseTo(520.0 / 9, within(1e-12));
    assertThat(value(metrics.backwardTransfer())).isCloseTo((-30.0 + 5.0) / 2, within(1e-12));
    assertThat(value(metrics.forgetting())).isCloseTo((30.0 + 0.0) / 2, within(1e-12));
    assertThat(value(metrics.transfer())).isCloseTo((20.0 + 20.0) / 2, within(1e-12));
    assertThat(value(metrics.meanOfRowsToCome())).isCloseTo((15.0 + 30.0) / 2, within(1e-12));
  }

  @Test
  void a_metric_that_needs_an_omitted_cell_names_it() {
    MatrixMetrics metrics = new MatrixMetrics(matrix(row(90.0, null), row(70.0, 80.0)));
    assertThat(value(metrics.last())).isEqualTo(75);
    assertThat(value(metrics.backwardTransfer())).isEqualTo(-20);
    assertThat(reason(metrics.transfer())).contains("R[0][1]");
    assertThat(reason(metrics.averageMtil())).contains("R[0][1]");
  }

  @Test
  void one_task_has_no_backward_transfer() {
    MatrixMetrics metrics = new MatrixMetrics(matrix(row(90.0)));
    assertThat(value(metrics.last())).isEqualTo(90);
    assertThat(reason(metrics.backwardTransfer())).isEqualTo("needs two tasks");
    assertThat(reason(metrics.forgetting())).isEqualTo("needs two tasks");
  }

  @Test
  void forward_transfer_leaves_out_the_first_task() {
    Measure fwt =
        MatrixMetrics.forwardTransfer(Arrays.asList(null, 30.0, 50.0), List.of(0.0, 20.0, 55.0));
    assertThat(value(fwt)).isEqualTo(2.5);
  }

  private static AccuracyMatrix mtil(String method) throws IOException {
    String resource = "mtil/order1-" + method + ".csv";
    List<List<Double>> rows = new ArrayList<>();
    try (InputStream stream = MatrixMetricsTest.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      reader.readLine();
      reader
          .lines()
          .forEach(line -> rows.add(Arrays.stream(line.split(",")).map(Double::valueOf).toList()));
    }
    return AccuracyMatrix.of(rows);
  }

  private static AccuracyMatrix matrix(Double[]... rows) {
    return AccuracyMatrix.of(Arrays.stream(rows).map(Arrays::asList).toList());
  }

  private static Double[] row(Double... cells) {
    return cells;
  }

  private static double value(Measure measure) {
    assertThat(measure).isInstanceOf(Measure.Value.class);
    return ((Measure.Value) measure).value();
  }

  private static String reason(Measure measure) {
    assertThat(measure).isInstanceOf(Measure.Absent.class);
    return ((Measure.Absent) measure).reason();
  }
}
