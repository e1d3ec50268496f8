package io.autoseed.activities.tracking;

import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.activities.catalog.MetricOutbox;
import io.autoseed.activities.catalog.OutboxRow;
import io.autoseed.activities.catalog.TrackedRun;
import io.autoseed.activities.catalog.TrackingEvent;
import io.autoseed.activities.catalog.TrackingEvent.PhaseCommitted;
import io.autoseed.activities.catalog.TrackingEvent.RunFinished;
import io.autoseed.activities.catalog.TrackingEvent.RunStarted;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.StoreException;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mlflow.api.proto.Service;

/**
 * Rows of the outbox as calls to MLflow, each of which may be repeated: runs and model versions are
 * looked for by their tag {@code autoseed.key} before they are made, metrics carry the row's fixed
 * time, so that sent again they are the same. What phases that follow each other measured goes in
 * one call for each MLflow run: a call is 20 ms of processor time, of which short tasks have none
 * to spare.
 *
 * <p>A run of ours is a parent run, each of its tasks a child. What EVALUATE and PUBLISH measure
 * goes to the parent, too, with the task as step, so that runs compare on one page.
 */
final class MlflowDelivery {
  private static final int MOST_PARAMETERS = 100;
  private static final int LONGEST_DIGEST = 36;

  private final MlflowServer mlflow;
  private final MlflowRuns runs;
  private final ArtifactStore artifacts;
  private final String manifestBucket;
  private final MetricOutbox outbox;

  /**
   * @param artifacts the bucket that MLflow serves artifacts from
   * @param manifestBucket where manifests lie, for links
   */
  MlflowDelivery(
      MlflowServer mlflow, ArtifactStore artifacts, String manifestBucket, MetricOutbox outbox) {
    this.mlflow = mlflow;
    this.runs = new MlflowRuns(mlflow);
    this.artifacts = artifacts;
    this.manifestBucket = manifestBucket;
    this.outbox = outbox;
  }

  /**
   * @param rows of one run, in order
   */
  void deliver(List<OutboxRow> rows) {
    List<Committed> phases = new ArrayList<>();
    for (OutboxRow row : rows) {
      TrackingEvent event = TrackingEvent.read(row);
      if (event instanceof PhaseCommitted phase) {
        phases.add(new Committed(row, phase));
        continue;
      }
      committed(phases);
      phases.clear();
      if (event instanceof RunStarted started) {
        started(row, started);
      } else if (event instanceof RunFinished finished) {
        finished(row, finished);
      }
    }
    committed(phases);
  }

  /** A row that tells of a phase. */
  private record Committed(OutboxRow row, PhaseCommitted event) {
    String prefix() {
      return event.phase().toLowerCase(Locale.ROOT);
    }
  }

  private void started(OutboxRow row, RunStarted event) {
    String experiment = runs.experiment(event.experiment());
    TrackedRun parent =
        track(row.run(), TrackedRun.WHOLE, experiment, event.name(), event.tags(), row.createdAt());
    List<Service.Param> parameters = new ArrayList<>();
    event
        .parameters()
        .forEach(
            (name, value) ->
                parameters.add(
                    Service.Param.newBuilder()
                        .setKey(name)
                        .setValue(MlflowRuns.shortened(value))
                        .build()));
    for (int from = 0; from < parameters.size(); from += MOST_PARAMETERS) {
      List<Service.Param> batch =
          parameters.subList(from, Math.min(from + MOST_PARAMETERS, parameters.size()));
      mlflow.call(
          "logging parameters of " + row.run(),
          client -> {
            client.logBatch(parent.mlflowRun(), List.of(), batch, List.of());
            return null;
          });
    }
    inputs(parent, event.dataSets());
  }

  /** The MLflow run for a run or task of ours; made if it is nowhere. */
  private TrackedRun track(
      String run,
      int task,
      String experiment,
      String name,
      Map<String, String> tags,
      Instant started) {
    return outbox
        .tracked(run, task)
        .orElseGet(
            () -> {
              String key = task == TrackedRun.WHOLE ? run : run + "/" + task;
              Service.RunInfo info = runs.findOrCreate(experiment, key, name, tags, started);
              return outbox.track(
                  new TrackedRun(run, task, info.getRunId(), experiment, info.getArtifactUri()));
            });
  }

  private void inputs(TrackedRun parent, List<DataSetRow> dataSets) {
    List<Map<String, Object>> described = new ArrayList<>();
    for (DataSetRow dataSet : dataSets) {
      String about = "{\"sha256\":\"" + dataSet.digest() + "\",\"files\":" + dataSet.files() + "}";
      described.add(
          Map.of(
              "tags",
              List.of(Map.of("key", "mlflow.data.context", "value", "training")),
              "dataset",
              Map.of(
                  "name",
                  dataSet.name(),
                  "digest",
                  shortDigest(dataSet.digest()),
                  "source_type",
                  "autoseed",
                  "source",
                  about,
                  "profile",
                  about)));
    }
    if (!described.isEmpty()) {
      mlflow.post(
          "logging the data sets of " + parent.run(),
          "runs/log-inputs",
          Map.of("run_id", parent.mlflowRun(), "datasets", described));
    }
  }

  private static String shortDigest(String digest) {
    return digest.substring(0, Math.min(LONGEST_DIGEST, digest.length()));
  }

  private TrackedRun parent(String run) {
    return outbox
        .tracked(run, TrackedRun.WHOLE)
        .orElseThrow(
            () ->
                new IllegalStateException("run " + run + " has no MLflow run: rows out of order"));
  }

  private void committed(List<Committed> phases) {
    if (phases.isEmpty()) {
      return;
    }
    TrackedRun parent = parent(phases.get(0).row().run());
    Map<TrackedRun, MetricBatch> batches = new LinkedHashMap<>();
    List<Runnable> ends = new ArrayList<>();
    for (Committed phase : phases) {
      OutboxRow row = phase.row();
      PhaseCommitted event = phase.event();
      TrackedRun child = child(parent, row, event);
      batches
          .computeIfAbsent(child, MetricBatch::new)
          .metrics(row.createdAt(), phase.prefix() + "/", event.task(), event.metrics())
          .tag("autoseed.manifest." + phase.prefix(), uri(event.manifest()))
          .tag("autoseed.outcome." + phase.prefix(), event.manifest().outcomeDigest());
      matrixRow(parent, event);
      if (MlflowRuns.ofWholeRun(Phase.valueOf(event.phase()))) {
        batches
            .computeIfAbsent(parent, MetricBatch::new)
            .metrics(row.createdAt(), "", event.task(), event.metrics());
      }
      if (event.phase().equals(Phase.PUBLISH.name())) {
        ends.add(() -> terminate(child, Service.RunStatus.FINISHED, row.createdAt()));
      }
    }
    batches.values().forEach(batch -> batch.send(mlflow));
    ends.forEach(Runnable::run);
  }

  private TrackedRun child(TrackedRun parent, OutboxRow row, PhaseCommitted event) {
    Map<String, String> tags = new TreeMap<>(event.tags());
    tags.put("mlflow.parentRunId", parent.mlflowRun());
    return track(
        row.run(),
        event.task(),
        parent.experiment(),
        event.task() + " " + event.taskName(),
        tags,
        row.createdAt());
  }

  private String uri(ManifestReference manifest) {
    return "s3://" + manifestBucket + "/" + manifest.key() + "?versionId=" + manifest.versionId();
  }

  /** One artifact a row, put where MLflow looks for the parent run's artifacts. */
  private void matrixRow(TrackedRun parent, PhaseCommitted event) {
    if (event.accuracy().isEmpty()) {
      return;
    }
    String name = String.format(Locale.ROOT, "accuracy-matrix/after-task-%04d.json", event.task());
    try {
      artifacts.upload(
          MlflowRuns.artifactKey(parent.artifactUri()) + "/" + name,
          CanonicalJson.bytes(event.accuracy()),
          "accuracy-row");
    } catch (StoreException e) {
      throw new TrackingDownException(
          "writing " + name + " of " + parent.run() + ": " + e.getMessage(), e);
    }
  }

  private void terminate(TrackedRun run, Service.RunStatus status, Instant at) {
    mlflow.call(
        "ending the MLflow run of " + run.run(),
        client -> {
          client.setTerminated(run.mlflowRun(), status, at.toEpochMilli());
          return null;
        });
  }

  private void finished(OutboxRow row, RunFinished event) {
    TrackedRun parent = parent(row.run());
    MetricBatch batch =
        new MetricBatch(parent)
            .metrics(row.createdAt(), "final/", 0, event.metrics())
            .tag("autoseed.state", event.state());
    if (event.reason() != null) {
      batch.tag("autoseed.reason", MlflowRuns.shortened(event.reason()));
    }
    if (event.manifest() != null) {
      batch.tag("autoseed.manifest", uri(event.manifest()));
      batch.tag("autoseed.outcome", event.manifest().outcomeDigest());
    }
    batch.send(mlflow);
    if (event.model() != null) {
      new ModelRegistry(mlflow)
          .candidate(event.model(), row.run(), parent, uri(event.manifest()), event.manifest());
    }
    runs.deleteDoubles(parent, (key, id) -> inUse(parent, key, id));
    terminate(parent, status(RunState.valueOf(event.state())), row.createdAt());
  }

  /**
   * @param key of the run or, with its index, of one of its tasks
   */
  private boolean inUse(TrackedRun parent, String key, String id) {
    int task =
        key.equals(parent.run())
            ? TrackedRun.WHOLE
            : Integer.parseInt(key.substring(parent.run().length() + 1));
    return outbox.tracked(parent.run(), task).filter(it -> it.mlflowRun().equals(id)).isPresent();
  }

  private static Service.RunStatus status(RunState state) {
    return switch (state) {
      case DONE -> Service.RunStatus.FINISHED;
      case CANCELLED -> Service.RunStatus.KILLED;
      case FAILED -> Service.RunStatus.FAILED;
      case RUNNING, PAUSED -> Service.RunStatus.RUNNING;
    };
  }
}
