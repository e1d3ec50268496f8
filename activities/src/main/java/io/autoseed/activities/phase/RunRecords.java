package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.commit.AuditAnchors;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.workflows.RunClosing;
import io.autoseed.workflows.RunState;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes down where a run stands. */
final class RunRecords {
  private final Runs runs;
  private final AuditAnchors anchors;
  private final Manifests manifests;

  RunRecords(Runs runs, AuditAnchors anchors, Manifests manifests) {
    this.runs = runs;
    this.anchors = anchors;
    this.manifests = manifests;
  }

  void change(String run, RunState state) {
    runs.changed(run, state);
  }

  /** Ends the run, then anchors its audit chain; its metrics are those of the last PUBLISH. */
  void close(RunClosing closing) {
    Optional<StoredManifest> last = Optional.ofNullable(closing.manifest()).map(manifests::read);
    SortedMap<String, Double> metrics =
        last.map(found -> found.manifest().outcome().metrics()).orElseGet(TreeMap::new);
    runs.finish(closing.run(), closing.state(), closing.reason(), metrics, last);
    anchors.anchor(closing.run());
  }
}
