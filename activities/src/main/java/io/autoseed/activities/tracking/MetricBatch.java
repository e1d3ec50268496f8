package io.autoseed.activities.tracking;

import io.autoseed.activities.catalog.TrackedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service;

/** Metrics and tags for one MLflow run, sent in as few calls as MLflow takes them. */
final class MetricBatch {
  /** MLflow takes 1000 entries in one call, of which 100 may be tags. */
  private static final int MOST_METRICS = 900;

  private static final int MOST_TAGS = 100;

  private final TrackedRun run;
  private final List<Service.Metric> metrics = new ArrayList<>();
  private final List<Service.RunTag> tags = new ArrayList<>();

  MetricBatch(TrackedRun run) {
    this.run = run;
  }

  /**
   * @param values by name, to which the prefix is added; characters that MLflow refuses in names
   *     become underscores
   */
  MetricBatch metrics(Instant at, String prefix, int step, Map<String, Double> values) {
    values.forEach(
        (name, value) ->
            metrics.add(
                Service.Metric.newBuilder()
                    .setKey(prefix + MlflowRuns.metricName(name))
                    .setValue(value)
                    .setStep(step)
                    .setTimestamp(at.toEpochMilli())
                    .build()));
    return this;
  }

  MetricBatch tag(String name, String value) {
    tags.add(MlflowRuns.tag(name, value));
    return this;
  }

  void send(MlflowServer mlflow) {
    int metric = 0;
    int tag = 0;
    while (metric < metrics.size() || tag < tags.size()) {
      int metricsEnd = Math.min(metric + MOST_METRICS, metrics.size());
      int tagsEnd = Math.min(tag + MOST_TAGS, tags.size());
      List<Service.Metric> someMetrics = metrics.subList(metric, metricsEnd);
      List<Service.RunTag> someTags = tags.subList(tag, tagsEnd);
      mlflow.call(
          "logging metrics of " + run.run(),
          client -> {
            client.logBatch(run.mlflowRun(), someMetrics, List.of(), someTags);
            return null;
          });
      metric = metricsEnd;
      tag = tagsEnd;
    }
  }
}
