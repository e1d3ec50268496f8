package io.autoseed.activities.tracking;

import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.StoreAddress;
import io.autoseed.activities.store.StoreException;
import io.autoseed.activities.study.StudyMetric;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyTracker;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.mlflow.api.proto.Service;

/**
 * Studies in MLflow: one run each, in the experiment of the study's runs, with the numbers of the
 * report as metrics ({@code last/slda/mean}) and its pages as artifacts. A study that has gone on
 * since logs its newer numbers at a later time, the number of class orders as step.
 */
public final class StudyTracking implements StudyTracker, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MOST_IN_A_BATCH = 100;

  private final MlflowServer mlflow;
  private final MlflowRuns runs;
  private final ArtifactStore artifacts;

  /**
   * @param mlflow base of the tracking server
   * @param artifacts the bucket that it serves artifacts from
   */
  public StudyTracking(URI mlflow, StoreAddress artifacts) {
    this.mlflow = new MlflowServer(mlflow, PATIENCE);
    this.runs = new MlflowRuns(this.mlflow);
    this.artifacts = new ArtifactStore(artifacts);
  }

  @Override
  public synchronized void track(StudyReport report, Map<String, byte[]> files) {
    Instant written = Instant.parse(report.writtenAt());
    Service.RunInfo run =
        runs.findOrCreate(
            runs.experiment(report.name()),
            report.study(),
            "study " + report.study(),
            Map.of("autoseed.study", report.study()),
            written);
    parameters(run, report);
    metrics(run, report, written);
    upload(run, files);
    mlflow.call(
        "ending the MLflow run of " + report.study(),
        client -> {
          client.setTag(run.getRunId(), "autoseed.state", report.state());
          client.setTerminated(run.getRunId(), Service.RunStatus.FINISHED, written.toEpochMilli());
          return null;
        });
  }

  private void parameters(Service.RunInfo run, StudyReport report) {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("reference", report.reference());
    parameters.put("profile", report.profile());
    parameters.put("tasks", Integer.toString(report.tasks()));
    parameters.put("classes", Integer.toString(report.classes()));
    parameters.put("tuning-orders", report.tuningOrders().toString());
    if (report.labelNoise() != null) {
      parameters.put("label-noise", report.labelNoise().toString());
    }
    parameters.put("cells", Integer.toString(report.cells().size()));
    report
        .strategies()
        .forEach(
            line ->
                parameters.put(
                    "strategy." + line.label(), line.strategy() + " " + line.settings()));
    List<Service.Param> all =
        parameters.entrySet().stream()
            .map(
                entry ->
                    Service.Param.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(MlflowRuns.shortened(entry.getValue()))
                        .build())
            .toList();
    batches(all, batch -> log(run, report, List.of(), batch));
  }

  private void metrics(Service.RunInfo run, StudyReport report, Instant written) {
    List<Service.Metric> all = new ArrayList<>();
    values(report)
        .forEach(
            (name, value) ->
                all.add(
                    Service.Metric.newBuilder()
                        .setKey(name)
                        .setValue(value)
                        .setStep(report.orders().size())
                        .setTimestamp(written.toEpochMilli())
                        .build()));
    batches(all, batch -> log(run, report, batch, List.of()));
  }

  /** The report's numbers by metric, strategy and kind, as {@code last/slda/p-holm}. */
  static SortedMap<String, Double> values(StudyReport report) {
    SortedMap<String, Double> values = new TreeMap<>();
    for (StudyReport.Line line : report.strategies()) {
      line.means()
          .forEach(
              (metric, mean) -> put(values, metric + "/" + line.label(), mean, ranged(metric)));
      line.differences()
          .forEach((metric, found) -> put(values, metric + "/" + line.label(), found));
    }
    return values;
  }

  /** Whether its interval says something; of one that another build knows nothing is known. */
  private static boolean ranged(String metric) {
    return StudyMetric.keyed(metric).map(known -> known.unit().estimated()).orElse(true);
  }

  private static void put(Map<String, Double> values, String name, Mean mean, boolean ranged) {
    values.put(name + "/mean", mean.estimate().value());
    if (ranged && mean.orders() > 1) {
      values.put(name + "/low", mean.estimate().low());
      values.put(name + "/high", mean.estimate().high());
    }
  }

  private static void put(Map<String, Double> values, String name, Difference difference) {
    values.put(name + "/difference", difference.estimate().value());
    if (difference.orders() > 1) {
      values.put(name + "/difference-low", difference.estimate().low());
      values.put(name + "/difference-high", difference.estimate().high());
    }
    values.put(name + "/p", difference.pValue());
    values.put(name + "/p-holm", difference.adjusted());
  }

  private void log(
      Service.RunInfo run,
      StudyReport report,
      List<Service.Metric> metrics,
      List<Service.Param> parameters) {
    mlflow.call(
        "logging study " + report.study(),
        client -> {
          client.logBatch(run.getRunId(), metrics, parameters, List.of());
          return null;
        });
  }

  /** Hands on all of it in their order, at most as many at a time as MLflow takes. */
  static <T> void batches(List<T> all, Consumer<List<T>> log) {
    for (int from = 0; from < all.size(); from += MOST_IN_A_BATCH) {
      log.accept(all.subList(from, Math.min(from + MOST_IN_A_BATCH, all.size())));
    }
  }

  private void upload(Service.RunInfo run, Map<String, byte[]> files) {
    files.forEach(
        (name, bytes) -> {
          String key = MlflowRuns.artifactKey(run.getArtifactUri()) + "/" + name;
          try {
            artifacts.upload(key, bytes, "report");
          } catch (StoreException e) {
            throw new TrackingDownException("writing " + key + ": " + e.getMessage(), e);
          }
        });
  }

  @Override
  public void close() {
    mlflow.close();
    artifacts.close();
  }
}
