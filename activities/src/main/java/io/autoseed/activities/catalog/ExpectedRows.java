package io.autoseed.activities.catalog;

import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.SeedRow;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A run's rows as its manifests, documents and audit chain say they must be. */
final class ExpectedRows {
  private final RunCopy copy;
  private final RunStory story;
  private final RowTexts texts = new RowTexts();
  private final Map<String, SeedRecord> seeds = new LinkedHashMap<>();

  private ExpectedRows(RunCopy copy, RunStory story) {
    this.copy = copy;
    this.story = story;
  }

  /**
   * @param chain the run's audit chain, whole
   */
  static SortedMap<String, String> of(RunCopy copy, List<AuditNote> chain) {
    return new ExpectedRows(copy, RunStory.read(copy, chain)).rows();
  }

  private SortedMap<String, String> rows() {
    texts.run(
        Runs.inserted(copy.submitted(), copy.sequenceDigest(), story.createdAt()),
        copy.sequenceDigest(),
        story.state(),
        story.failure(),
        story.finishedAt());
    Runs.rows(copy.run(), 0, copy.tasks()).forEach(texts::task);
    copy.manifests().forEach(this::phase);
    seeds.values().forEach(texts::seed);
    for (int number = 0; number < story.told().size(); number++) {
      RunStory.Told told = story.told().get(number);
      texts.outbox(
          new OutboxRow(copy.run(), number, told.event().kind(), told.event().json(), told.at()));
    }
    story.model().ifPresent(this::model);
    return texts.rows();
  }

  private void phase(StoredManifest stored) {
    Manifest manifest = stored.manifest();
    int task = manifest.envelope().task();
    String phase = manifest.outcome().phase().name();
    Instant at = story.committed().get(RunStory.name(task, phase));
    texts.phase(
        task, phase, manifest.envelope().phaseKey(), PhaseLedger.committed(0, 0, stored, at));
    for (Manifest.Attempt attempt : PhaseLedger.attempts(manifest)) {
      texts.attempt(
          task, phase, attempt.token(), attempt.host(), attempt.build(), attempt.numericProfile());
    }
    for (ArtifactReference consumed : manifest.envelope().consumed()) {
      texts.edge(task, phase, "consumed", consumed.kind(), consumed);
    }
    PhaseLedger.produced(stored)
        .forEach((name, artifact) -> texts.edge(task, phase, "produced", name, artifact));
    manifest.outcome().metrics().forEach((name, value) -> texts.metric(task, phase, name, value));
    manifest.outcome().accuracy().forEach(texts::accuracy);
    seeds(manifest);
  }

  private void seeds(Manifest manifest) {
    int task = manifest.envelope().task();
    SortedMap<String, StoredObject> objects = manifest.objects();
    for (SeedRow seed : manifest.outcome().seeds().born()) {
      StoredObject holder = objects.get(seed.object());
      seeds.putIfAbsent(
          seed.id(),
          new SeedRecord(
              seed.id(),
              copy.run(),
              seed.classNumber(),
              seed.className(),
              task,
              null,
              seed.utility(),
              holder.key(),
              holder.versionId(),
              holder.sha256(),
              seed.row()));
    }
    for (String pruned : manifest.outcome().seeds().pruned()) {
      seeds.computeIfPresent(
          pruned, (id, seed) -> seed.taskPruned() == null ? seed.prunedBy(task) : seed);
    }
  }

  private void model(StoredManifest last) {
    texts.model(
        copy.submitted().sequence().name(),
        last.manifest().envelope().task(),
        last.stored().key(),
        last.stored().versionId(),
        last.manifest().outcomeDigest());
  }
}
