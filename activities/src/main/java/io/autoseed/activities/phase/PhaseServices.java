package io.autoseed.activities.phase;

import ai.djl.Device;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.catalog.Workplace;
import io.autoseed.activities.commit.AuditAnchors;
import io.autoseed.activities.commit.PhaseCommit;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.Retention;
import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.workflows.AcceleratorActivities;
import io.autoseed.workflows.ControlActivities;
import java.nio.file.Path;

/** Puts the activities of one worker process together. */
public final class PhaseServices implements AutoCloseable {
  private final OpenDataSets dataSets = new OpenDataSets();
  private final BuiltinTrunk trunk;
  private final ControlActivities control;
  private final AcceleratorActivities accelerator;
  private final SeedPictures seedPictures;

  /**
   * @param modelCache where the built-in model's files lie, or are put when first needed
   * @param device where tensors are computed with
   * @param profile digest of the process's numeric profile
   * @param slot where the phases of the accelerator queue wait for each other
   * @param stopping set when the process is told to end
   */
  public PhaseServices(
      ArtifactStore store,
      Catalog catalog,
      ObjectCache cache,
      Workplace workplace,
      Path modelCache,
      Device device,
      String profile,
      TrainingSlot slot,
      Stopping stopping) {
    Manifests manifests = new Manifests(store, cache);
    Runs runs = new Runs(catalog);
    RunDocuments documents = new RunDocuments(store, new Documents(store, cache));
    TrainingFeatures training = new TrainingFeatures(store);
    FeatureShards shards = new FeatureShards(store, cache);
    trunk = new BuiltinTrunk(modelCache, device);
    EncoderChoice encoders = new EncoderChoice(trunk::encoderDigest, profile);
    Workbench bench =
        new Workbench(
            documents,
            manifests,
            new PhaseCommit(store, cache, catalog, workplace),
            shards,
            encoders,
            new JointSpaces(shards, encoders, trunk),
            new TaskInputsCache(documents, shards, encoders),
            dataSets,
            trunk,
            device,
            profile,
            slot,
            stopping);
    control =
        new ControlPhases(
            new EncodePhase(bench, new EncoderRecords(runs, trunk, shards)),
            new PublishPhase(bench, training),
            new RunRecords(
                runs,
                new AuditAnchors(store, catalog, Retention.configured(System.getenv())),
                manifests,
                bench.documents(),
                training));
    accelerator = new AcceleratorPhases(bench);
    seedPictures = new SeedPictures(bench);
  }

  /** What the control queue's worker registers. */
  public ControlActivities control() {
    return control;
  }

  /** What the accelerator queue's worker registers. */
  public AcceleratorActivities accelerator() {
    return accelerator;
  }

  /** Draws the seeds of finished runs. */
  public SeedPictures seedPictures() {
    return seedPictures;
  }

  @Override
  public void close() {
    dataSets.close();
    trunk.close();
  }
}
