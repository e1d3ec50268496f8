package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.ManifestReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/** What MLflow is told of a run; rows of the outbox, in canonical JSON. */
public sealed interface TrackingEvent {
  /**
   * A run was submitted.
   *
   * @param experiment the sequence's name
   * @param parameters digests, settings, random seed
   * @param tags the workflow, the code, the fork
   */
  record RunStarted(
      String experiment,
      String name,
      SortedMap<String, String> parameters,
      SortedMap<String, String> tags,
      List<DataSetRow> dataSets)
      implements TrackingEvent {}

  /**
   * A phase was committed.
   *
   * @param accuracy cells measured by it
   */
  record PhaseCommitted(
      int task,
      String taskName,
      String phase,
      SortedMap<String, Double> metrics,
      List<AccuracyCell> accuracy,
      SortedMap<String, String> tags,
      ManifestReference manifest)
      implements TrackingEvent {}

  /**
   * A run ended.
   *
   * @param state a {@link io.autoseed.workflows.RunState}
   * @param model name of the registered model, null if there is nothing to register
   * @param manifest the last manifest, null if no task was finished
   */
  record RunFinished(
      String state,
      String reason,
      SortedMap<String, Double> metrics,
      String model,
      ManifestReference manifest)
      implements TrackingEvent {}

  default String kind() {
    return getClass().getSimpleName();
  }

  default String json() {
    return new String(CanonicalJson.bytes(this), StandardCharsets.UTF_8);
  }

  /** The event of an outbox row. */
  static TrackingEvent read(OutboxRow row) {
    byte[] json = row.payload().getBytes(StandardCharsets.UTF_8);
    return switch (row.kind()) {
      case "RunStarted" -> CanonicalJson.read(json, RunStarted.class);
      case "PhaseCommitted" -> CanonicalJson.read(json, PhaseCommitted.class);
      case "RunFinished" -> CanonicalJson.read(json, RunFinished.class);
      default ->
          throw new CatalogException(
              "row "
                  + row.number()
                  + " of the outbox of run "
                  + row.run()
                  + " is of the unknown kind "
                  + row.kind()
                  + ": it was written by a newer build");
    };
  }
}
