package io.autoseed.activities.audit;

import io.autoseed.activities.catalog.RunCopy;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.Phase;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks that a run's manifests are a chain: every phase of every task in order, each on the
 * outcome of the one before it.
 */
final class ManifestChain {
  private final RunCopy copy;
  private final Problems problems;

  ManifestChain(RunCopy copy, Problems problems) {
    this.copy = copy;
    this.problems = problems;
  }

  /**
   * @param done whether the run says that it learned all its tasks
   */
  void check(boolean done) {
    Map<String, StoredManifest> committed = new HashMap<>();
    copy.manifests().forEach(manifest -> committed.put(manifest.stored().key(), manifest));
    Integer forkedAfter = copy.submitted().forkedAfterTask();
    int first = forkedAfter == null ? 0 : forkedAfter + 1;
    StoredManifest before = copy.past();
    int seen = 0;
    for (int task = first; task < copy.tasks().size(); task++) {
      for (Phase phase : Phase.values()) {
        String key = Manifest.key(copy.run(), task, phase);
        StoredManifest manifest = committed.remove(key);
        if (manifest == null) {
          if (done || seen < copy.manifests().size()) {
            problems.add(key, "a manifest", "none");
          }
          before = null;
          continue;
        }
        seen++;
        checkPlace(manifest, task, phase);
        if (before != null || seen == 1) {
          checkParent(manifest, before);
        }
        before = manifest;
      }
    }
    committed.keySet().stream()
        .sorted()
        .forEach(key -> problems.add(key, "no manifest: the sequence has no such task", "one"));
  }

  private void checkPlace(StoredManifest stored, int task, Phase phase) {
    Manifest manifest = stored.manifest();
    String key = stored.stored().key();
    problems.compare(key + " run", copy.run(), manifest.envelope().run());
    problems.compare(key + " task", task, manifest.envelope().task());
    problems.compare(key + " phase", phase, manifest.outcome().phase());
    problems.compare(
        key + " task document",
        CanonicalJson.digest(copy.tasks().get(task)),
        manifest.outcome().task());
  }

  private void checkParent(StoredManifest stored, StoredManifest before) {
    Manifest manifest = stored.manifest();
    String key = stored.stored().key();
    problems.compare(
        key + " parent",
        before == null ? null : before.manifest().outcomeDigest(),
        manifest.outcome().parent());
    problems.compare(
        key + " input", before == null ? null : before.stored().key(), manifest.envelope().input());
    if (before != null) {
      ArtifactReference input = ArtifactReference.of(before.stored(), "manifest");
      if (!manifest.envelope().consumed().contains(input)) {
        problems.add(
            before.stored().key() + " version " + before.stored().versionId(),
            "the manifest with SHA-256 "
                + manifest.envelope().consumed().stream()
                    .filter(read -> read.uri().equals(input.uri()))
                    .map(ArtifactReference::sha256)
                    .findFirst()
                    .orElse("that " + key + " consumed"),
            before.stored().sha256());
      }
    }
  }
}
