package io.autoseed.activities.tracking;

import io.autoseed.activities.catalog.RefusedDelivery;
import io.autoseed.activities.catalog.TrackedRun;
import io.autoseed.workflows.Phase;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.Page;

/** Experiments and runs in MLflow, looked for before they are made. */
final class MlflowRuns {
  static final String KEY = "autoseed.key";

  /** Makes MLflow open the experiment on its training runs, not on its page for traces. */
  private static final String EXPERIMENT_KIND = "mlflow.experimentKind";

  private static final int LONGEST_PARAMETER = 500;
  private static final int RUNS_A_PAGE = 1000;

  private final MlflowServer mlflow;
  private final int runsAPage;

  MlflowRuns(MlflowServer mlflow) {
    this(mlflow, RUNS_A_PAGE);
  }

  /**
   * @param runsAPage most runs that are asked for at once
   */
  MlflowRuns(MlflowServer mlflow, int runsAPage) {
    this.mlflow = mlflow;
    this.runsAPage = runsAPage;
  }

  /** The id of the experiment of that name; made if there is none. */
  String experiment(String name) {
    return existing(name)
        .orElseGet(
            () -> {
              try {
                return mlflow.call(
                    "creating experiment " + name,
                    client -> {
                      String made = client.createExperiment(name);
                      client.setExperimentTag(made, EXPERIMENT_KIND, "custom_model_development");
                      return made;
                    });
              } catch (RefusedDelivery e) {
                return existing(name).orElseThrow(() -> e); // another relay was first
              }
            });
  }

  private Optional<String> existing(String name) {
    return mlflow.call(
        "looking for experiment " + name,
        client ->
            client
                .searchExperiments("name = '" + name.replace("'", "\\'") + "'")
                .getItems()
                .stream()
                .map(Service.Experiment::getExperimentId)
                .findFirst());
  }

  /**
   * The MLflow run that has the key; made if there is none.
   *
   * @param key what it stands for
   */
  Service.RunInfo findOrCreate(
      String experiment, String key, String name, Map<String, String> tags, Instant started) {
    String filter = "tags.`" + KEY + "` = '" + key + "'";
    List<Service.Run> found =
        mlflow.call(
            "looking for the MLflow run of " + key,
            client ->
                client
                    .searchRuns(List.of(experiment), filter, Service.ViewType.ACTIVE_ONLY, 1)
                    .getItems());
    if (!found.isEmpty()) {
      return found.get(0).getInfo();
    }
    Service.CreateRun.Builder create =
        Service.CreateRun.newBuilder()
            .setExperimentId(experiment)
            .setRunName(name)
            .setStartTime(started.toEpochMilli())
            .addTags(tag(KEY, key));
    tags.forEach((tag, value) -> create.addTags(tag(tag, value)));
    return mlflow.call("creating the MLflow run of " + key, c -> c.createRun(create.build()));
  }

  /** All runs that stand for a run of ours or for one of its tasks. */
  List<Service.Run> of(TrackedRun whole) {
    String filter = "tags.`" + KEY + "` LIKE '" + whole.run() + "%'";
    String what = "looking for the MLflow runs of " + whole.run();
    Page<Service.Run> page =
        mlflow.call(
            what,
            client ->
                client.searchRuns(
                    List.of(whole.experiment()), filter, Service.ViewType.ACTIVE_ONLY, runsAPage));
    List<Service.Run> found = new ArrayList<>();
    page.getItems().forEach(found::add);
    while (page.hasNextPage()) {
      Page<Service.Run> before = page;
      page = mlflow.call(what, client -> before.getNextPage());
      page.getItems().forEach(found::add);
    }
    return found.stream()
        .filter(run -> key(run).equals(whole.run()) || key(run).startsWith(whole.run() + "/"))
        .toList();
  }

  /**
   * Deletes every run that stands for the same as another and is not in use: MLflow may make one
   * long after who asked for it gave up waiting and asked again.
   *
   * @param used whether the run of that key and id is in use
   */
  void deleteDoubles(TrackedRun whole, BiPredicate<String, String> used) {
    List<Service.Run> all = of(whole);
    Map<String, Long> counts =
        all.stream().collect(Collectors.groupingBy(MlflowRuns::key, Collectors.counting()));
    for (Service.Run run : all) {
      String key = key(run);
      String id = run.getInfo().getRunId();
      if (counts.get(key) > 1 && !used.test(key, id)) {
        mlflow.call(
            "deleting a second MLflow run of " + key,
            client -> {
              client.deleteRun(id);
              return null;
            });
      }
    }
  }

  static Service.RunTag tag(String key, String value) {
    return Service.RunTag.newBuilder().setKey(key).setValue(value).build();
  }

  /** What a run stands for: one of ours, or one of its tasks; empty if nothing of ours. */
  static String key(Service.Run run) {
    return run.getData().getTagsList().stream()
        .filter(tag -> tag.getKey().equals(KEY))
        .map(Service.RunTag::getValue)
        .findFirst()
        .orElse("");
  }

  /** Whether the run as a whole shows what that phase measures, beside its task. */
  static boolean ofWholeRun(Phase phase) {
    return phase == Phase.EVALUATE || phase == Phase.PUBLISH;
  }

  /** A metric's name as MLflow takes it: other characters become underscores. */
  static String metricName(String name) {
    return name.replaceAll("[^A-Za-z0-9_./ -]", "_");
  }

  /** A text as long as MLflow takes. */
  static String shortened(String value) {
    return value.length() > LONGEST_PARAMETER ? value.substring(0, LONGEST_PARAMETER) : value;
  }

  /** {@code mlflow-artifacts:/1/abc/artifacts} and {@code s3://bucket/1/abc/artifacts} alike. */
  static String artifactKey(String artifactUri) {
    String path = URI.create(artifactUri).getPath();
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
