package io.autoseed.activities.catalog;

import io.autoseed.workflows.ManifestReference;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jdbi.v3.core.Handle;

/** Which learner states can be predicted with, and what was predicted. */
public final class Predictions {
  private final Catalog catalog;

  public Predictions(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A learner state.
   *
   * @param reference a run (its newest finished task), {@code RUN@TASK} or {@code MODEL/VERSION}
   * @throws CatalogException if there is none of that name, or it has finished no such task
   */
  public TrainedState state(String reference) {
    return catalog.read(
        "looking for the model " + reference,
        handle ->
            found(handle, reference)
                .map(
                    row ->
                        new TrainedState(
                            row.run(),
                            row.task(),
                            new ManifestReference(
                                row.manifestKey(),
                                row.manifestVersion(),
                                row.manifestSha256(),
                                row.outcomeDigest())))
                .orElseThrow(
                    () ->
                        new CatalogException(
                            "no finished task is called "
                                + reference
                                + ": expected a run that has finished a task, RUN@TASK or"
                                + " MODEL/VERSION; autoseed runs lists runs")));
  }

  private static Optional<PredictionDao.Published> found(Handle handle, String reference) {
    PredictionDao predictions = handle.attach(PredictionDao.class);
    Matcher task = Lineage.RUN_AT_TASK.matcher(reference);
    if (task.matches()) {
      return RunReference.resolve(handle, task.group(1))
          .flatMap(
              run -> predictions.published(run, RunReference.task(handle, run, task.group(2))));
    }
    Matcher model = Lineage.MODEL_VERSION.matcher(reference);
    if (model.matches()) {
      return predictions.model(model.group(1), Integer.parseInt(model.group(2)));
    }
    return RunReference.resolve(handle, reference).flatMap(run -> predictions.published(run, -1));
  }

  /**
   * Writes a prediction down, unless it is there: equal ids stand for equal predictions.
   *
   * @param by the state that made it
   * @param result canonical JSON
   * @throws CatalogException if the catalog does not know the state's manifest
   */
  public void record(String id, TrainedState by, String imageSha256, String result) {
    ManifestReference manifest = by.manifest();
    catalog.transaction(
        "writing down prediction " + id,
        handle -> {
          PredictionDao predictions = handle.attach(PredictionDao.class);
          int rows =
              predictions.insert(id, imageSha256, result, manifest.key(), manifest.versionId());
          if (rows == 0 && predictions.count(id) == 0) {
            throw new CatalogException(
                "the catalog does not know %s: autoseed verify %s says what it lacks"
                    .formatted(manifest.key(), by.run()));
          }
          return null;
        });
  }
}
