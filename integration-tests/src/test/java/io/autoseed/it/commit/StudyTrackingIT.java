package io.autoseed.it.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.activities.tracking.StudyTracking;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

class StudyTrackingIT {
  /** With a parameter each, more than MLflow takes in one call. */
  private static final int STRATEGIES = 101;

  private static Line line(int place) {
    Map<String, Difference> differences =
        place < STRATEGIES - 1
            ? Map.of()
            : Map.of("last", new Difference(new Estimate(-2, -3, -1), 8, 8, 0.0078, 0.0156));
    return new Line(
        "s-" + place,
        "slda",
        1,
        false,
        new TreeMap<>(),
        List.of(1L),
        8,
        new TreeMap<>(Map.of("last", new Mean(new Estimate(70, 69, 71), 8))),
        new TreeMap<>(differences),
        List.of());
  }

  private static StudyReport report(String study) {
    return new StudyReport(
        study,
        "study-tracking-it",
        "DONE",
        null,
        "avx2",
        null,
        1,
        2,
        null,
        List.of(0L, 1L),
        List.of(),
        "s-0",
        6,
        List.of(),
        IntStream.range(0, STRATEGIES).mapToObj(StudyTrackingIT::line).toList(),
        List.of(),
        null,
        1,
        null,
        "2026-01-01T00:00:00Z");
  }

  @Test
  void aStudyIsOneRunWithEveryNumberAndItsPagesHoweverOftenItIsTold() {
    Backends backends = Backends.running();
    StudyReport report = report("study-" + UUID.randomUUID());
    Map<String, byte[]> files = Map.of("report.md", "# a study".getBytes(UTF_8));

    try (StudyTracking tracking = new StudyTracking(backends.mlflow(), backends.mlflowBucket())) {
      tracking.track(report, files);
      tracking.track(report, files);
    }

    try (MlflowClient mlflow = new MlflowClient(backends.mlflow().toString())) {
      List<Service.Run> runs = runs(mlflow, report);
      assertThat(runs).hasSize(1);
      Service.Run run = runs.get(0);
      assertThat(run.getInfo().getStatus()).isEqualTo(Service.RunStatus.FINISHED);
      assertThat(run.getData().getTagsList())
          .extracting(Service.RunTag::getKey, Service.RunTag::getValue)
          .contains(tuple("autoseed.state", "DONE"));
      assertThat(run.getData().getParamsList())
          .extracting(Service.Param::getKey)
          .contains("strategy.s-0", "strategy.s-100", "reference", "tuning-orders");
      assertThat(run.getData().getMetricsList())
          .hasSize(3 * STRATEGIES + 5)
          .extracting(Service.Metric::getKey, Service.Metric::getValue, Service.Metric::getStep)
          .contains(tuple("last/s-0/mean", 70.0, 2L), tuple("last/s-100/p-holm", 0.0156, 2L));
      assertThat(mlflow.sendGet("artifacts/list?run_id=" + run.getInfo().getRunId()))
          .contains("report.md");
    }
  }

  private static List<Service.Run> runs(MlflowClient mlflow, StudyReport report) {
    String experiment = mlflow.getExperimentByName(report.name()).orElseThrow().getExperimentId();
    return mlflow
        .searchRuns(
            List.of(experiment),
            "tags.`autoseed.study` = '" + report.study() + "'",
            Service.ViewType.ACTIVE_ONLY,
            10)
        .getItems();
  }
}
