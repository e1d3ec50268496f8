package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.commit.AuditAnchors;
import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.StoreException;
import io.autoseed.activities.store.StoreRefusedException;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.workflows.AppendRequest;
import io.autoseed.workflows.RunClosing;
import io.autoseed.workflows.RunState;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down where a run stands. */
final class RunRecords {
  private static final Logger LOG = LoggerFactory.getLogger(RunRecords.class);

  private final Runs runs;
  private final AuditAnchors anchors;
  private final Manifests manifests;
  private final RunDocuments documents;
  private final TrainingFeatures training;

  RunRecords(
      Runs runs,
      AuditAnchors anchors,
      Manifests manifests,
      RunDocuments documents,
      TrainingFeatures training) {
    this.runs = runs;
    this.anchors = anchors;
    this.manifests = manifests;
    this.documents = documents;
    this.training = training;
  }

  void change(String run, RunState state) {
    runs.changed(run, state);
  }

  /** Makes a longer revision the run's newest; reads no data set, for its document lists them. */
  void revise(String run, AppendRequest revision) {
    RunDocument document = documents.revision(revision.document());
    SequenceDocument sequence = documents.sequence(revision.sequence());
    runs.append(run, sequence, documents.tasks(sequence), document.dataSets());
    boolean newest =
        runs.find(run).filter(row -> row.sequenceDigest().equals(revision.sequence())).isPresent();
    if (newest) {
      documents.write(document);
    }
  }

  /**
   * Ends the run, then anchors its audit chain; its metrics are those of the last PUBLISH. What
   * training features a run has left that drops them goes first: those of a task that was not
   * finished, or that a dead worker put late. A run that is not done ends without what the store
   * refuses: the removal, the metrics, or the anchor.
   */
  void close(RunClosing closing) {
    drop(closing);
    Optional<StoredManifest> last = last(closing);
    SortedMap<String, Double> metrics =
        last.map(found -> found.manifest().outcome().metrics()).orElseGet(TreeMap::new);
    runs.finish(closing.run(), closing.state(), closing.reason(), metrics, last);
    anchor(closing, last);
  }

  private void drop(RunClosing closing) {
    try {
      training.dropAll(closing.run());
    } catch (StoreRefusedException e) {
      requireUndone(closing, e);
      LOG.warn("run {} ends with training features left: {}", closing.run(), e.getMessage());
    }
  }

  private Optional<StoredManifest> last(RunClosing closing) {
    try {
      return Optional.ofNullable(closing.manifest()).map(manifests::read);
    } catch (CorruptObjectException | StoreRefusedException e) {
      requireUndone(closing, e);
      LOG.warn("run {} ends without metrics: {}", closing.run(), e.getMessage());
      return Optional.empty();
    }
  }

  private void anchor(RunClosing closing, Optional<StoredManifest> last) {
    long carried =
        last.map(found -> found.manifest().envelope())
            .filter(envelope -> envelope.run().equals(closing.run()))
            .map(Manifest.Envelope::auditEntries)
            .orElse(0L);
    try {
      anchors.anchor(closing.run(), carried);
    } catch (StoreRefusedException e) {
      requireUndone(closing, e);
      LOG.warn("the audit chain of run {} has no anchor: {}", closing.run(), e.getMessage());
    }
  }

  private static void requireUndone(RunClosing closing, StoreException trouble) {
    if (closing.state() == RunState.DONE) {
      throw trouble;
    }
  }
}
