package io.autoseed.activities.tracking;

import io.autoseed.activities.catalog.TrackedRun;
import io.autoseed.activities.store.Manifest;
import io.autoseed.workflows.Phase;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mlflow.api.proto.Service;

/**
 * Whether MLflow has of a run what its manifests say: one MLflow run for the run and for each of
 * its tasks, one point for each metric and step, and in it the manifest's value. Only reads.
 */
public final class TrackingCheck implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final MlflowServer mlflow;
  private final MlflowRuns runs;

  /**
   * @param mlflow base of the tracking server
   */
  public TrackingCheck(URI mlflow) {
    this.mlflow = new MlflowServer(mlflow, PATIENCE);
    this.runs = new MlflowRuns(this.mlflow);
  }

  /**
   * What MLflow shows of a metric at a step.
   *
   * @param key of the MLflow run: the run's id, or {@code RUN/TASK}
   */
  record Point(String key, String metric, long step) implements Comparable<Point> {
    private static final Comparator<Point> ORDER =
        Comparator.comparing(Point::key).thenComparing(Point::metric).thenComparing(Point::step);

    @Override
    public int compareTo(Point other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return metric + " at step " + step + " of " + key;
    }
  }

  /**
   * What MLflow has of a run.
   *
   * @param runs how many MLflow runs there are for a key
   * @param points every value of every metric and step
   */
  record Content(Map<String, Integer> runs, Map<Point, List<Double>> points) {}

  /**
   * What differs, one line each.
   *
   * @param parent the MLflow run of the run as a whole
   * @param manifests of all that the run has committed, at least one
   * @throws TrackingDownException if MLflow cannot be reached
   */
  public List<String> differences(TrackedRun parent, Collection<Manifest> manifests) {
    return differences(expected(parent.run(), manifests), content(parent));
  }

  /** The points that a run's manifests say, one each; the whole run's own are its last phase's. */
  static Content expected(String run, Collection<Manifest> manifests) {
    Content expected = new Content(new TreeMap<>(), new TreeMap<>());
    expected.runs().put(run, 1);
    for (Manifest manifest : manifests) {
      Phase phase = manifest.outcome().phase();
      int task = manifest.envelope().task();
      String child = run + "/" + task;
      expected.runs().put(child, 1);
      manifest
          .outcome()
          .metrics()
          .forEach(
              (metric, value) -> {
                String name = MlflowRuns.metricName(metric);
                String prefix = phase.name().toLowerCase(Locale.ROOT) + "/";
                put(expected, new Point(child, prefix + name, task), value);
                if (MlflowRuns.ofWholeRun(phase)) {
                  put(expected, new Point(run, name, task), value);
                }
              });
    }
    last(manifests)
        .ifPresent(
            manifest ->
                manifest
                    .outcome()
                    .metrics()
                    .forEach(
                        (metric, value) ->
                            put(
                                expected,
                                new Point(run, "final/" + MlflowRuns.metricName(metric), 0),
                                value)));
    return expected;
  }

  private static Optional<Manifest> last(Collection<Manifest> manifests) {
    return manifests.stream()
        .max(
            Comparator.comparing((Manifest manifest) -> manifest.envelope().task())
                .thenComparing(manifest -> manifest.outcome().phase()));
  }

  private static void put(Content content, Point point, double value) {
    content.points().computeIfAbsent(point, unseen -> new ArrayList<>()).add(value);
  }

  private Content content(TrackedRun parent) {
    Content content = new Content(new TreeMap<>(), new TreeMap<>());
    for (Service.Run found : runs.of(parent)) {
      String key = MlflowRuns.key(found);
      content.runs().merge(key, 1, Integer::sum);
      found.getData().getMetricsList().stream()
          .map(Service.Metric::getKey)
          .distinct()
          .forEach(metric -> history(found, key, metric, content));
    }
    return content;
  }

  private void history(Service.Run of, String key, String metric, Content content) {
    mlflow
        .call(
            "reading " + metric + " of " + key,
            client -> client.getMetricHistory(of.getInfo().getRunId(), metric))
        .forEach(point -> put(content, new Point(key, metric, point.getStep()), point.getValue()));
  }

  static List<String> differences(Content expected, Content found) {
    List<String> differences = new ArrayList<>();
    new TreeMap<>(expected.runs())
        .forEach(
            (key, one) -> {
              int count = found.runs().getOrDefault(key, 0);
              if (count != one) {
                differences.add("MLflow has " + count + " runs for " + key + ", expected 1");
              }
            });
    expected
        .points()
        .forEach(
            (point, values) -> {
              List<Double> there = found.points().getOrDefault(point, List.of());
              if (!same(there, values)) {
                differences.add("MLflow has " + point + " as " + there + ", expected " + values);
              }
            });
    found.points().keySet().stream()
        .filter(point -> !expected.points().containsKey(point))
        .forEach(point -> differences.add("MLflow has " + point + ", which no manifest says"));
    found.runs().keySet().stream()
        .filter(key -> !expected.runs().containsKey(key))
        .forEach(key -> differences.add("MLflow has a run for " + key + ", which was not learned"));
    return differences;
  }

  /** Equal as numbers: MLflow's database knows no negative zero. */
  private static boolean same(List<Double> some, List<Double> others) {
    return some.size() == others.size()
        && IntStream.range(0, some.size())
            .allMatch(
                i ->
                    some.get(i).equals(others.get(i))
                        || some.get(i).doubleValue() == others.get(i).doubleValue());
  }

  @Override
  public void close() {
    mlflow.close();
  }
}
