package io.autoseed.activities.retention;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.commit.PhaseIndex;
import io.autoseed.activities.retention.Garbage.Reason;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.ListedObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what may be removed: old object versions that no manifest of any run names and that are no
 * checkpoint of a phase in progress, and trial writes that were not taken back. A run that was
 * cancelled, or failed, keeps the checkpoints of the phase that it ended in, for a fork to go on
 * from.
 *
 * <p>An attempt may sleep between its puts and its manifest for longer than any age. Therefore, of
 * a run that has not ended, whatever is newer than its newest manifest stays: it may belong to the
 * phase in progress; and so do its own features, which EVALUATE reads long after they were made.
 * Versions are listed before manifests are read, so that what is committed in between counts as
 * named. Manifests, documents and audit anchors are never garbage, nor is the newest version of
 * shared features: any run to come may read them.
 */
public final class GarbageSearch {
  /** Told how far the reading of manifests is. */
  @FunctionalInterface
  public interface Progress {
    void read(int manifests, int of);
  }

  private final ArtifactStore store;
  private final Runs runs;

  public GarbageSearch(ArtifactStore store, Catalog catalog) {
    this.store = store;
    this.runs = new Runs(catalog);
  }

  /**
   * @param before only versions written earlier than this
   * @throws RetentionException if a manifest cannot be read
   */
  public List<Garbage> find(Instant before, Progress progress) {
    List<ListedObject> ofRuns = old("runs/", before);
    List<ListedObject> features = old("features/", before);
    List<ListedObject> indices = old("phases/", before);
    List<ListedObject> probes = old(ArtifactStore.PROBES, before);
    Ends ends = new Ends(runs.ended(), runs.done());
    NamedObjects named = NamedObjects.read(store, progress);
    List<Garbage> garbage = new ArrayList<>();
    for (ListedObject listed : ofRuns) {
      reason(listed, ends, named).ifPresent(reason -> garbage.add(garbage(listed, reason)));
    }
    for (ListedObject listed : features) {
      if (!listed.latest() && !named.names(listed.key(), listed.versionId())) {
        garbage.add(garbage(listed, Reason.ORPHAN));
      }
    }
    probes.forEach(listed -> garbage.add(garbage(listed, Reason.PROBE)));
    indices.parallelStream()
        .filter(listed -> !leadsToAManifest(listed, named))
        .forEachOrdered(listed -> garbage.add(garbage(listed, Reason.INDEX)));
    return garbage;
  }

  private boolean leadsToAManifest(ListedObject index, NamedObjects named) {
    return PhaseIndex.manifest(store, index.key(), index.versionId())
        .map(manifest -> named.names(manifest.key(), manifest.versionId()))
        .orElse(false);
  }

  private List<ListedObject> old(String prefix, Instant before) {
    return store.listVersions(prefix).stream()
        .filter(listed -> !listed.deleteMarker() && listed.lastModified().isBefore(before))
        .toList();
  }

  /**
   * Which runs have ended, and how.
   *
   * @param done those of them that were neither cancelled nor failed
   */
  record Ends(Set<String> ended, Set<String> done) {}

  static Optional<Reason> reason(ListedObject listed, Ends ends, NamedObjects named) {
    StoredKey key = StoredKey.of(listed.key());
    boolean open = !ends.ended().contains(key.run());
    return switch (key.area()) {
      case MANIFEST, DOCUMENT, UNKNOWN -> Optional.empty();
      case CHECKPOINT ->
          isGoneOnFrom(listed, open, ends) && !named.isCommitted(key.run(), key.task(), key.phase())
              ? Optional.empty()
              : Optional.of(Reason.CHECKPOINT);
      case FEATURES ->
          open || named.names(listed.key(), listed.versionId())
              ? Optional.empty()
              : Optional.of(Reason.ORPHAN);
      case TRAINING -> open ? Optional.empty() : Optional.of(Reason.TRAINING);
      case OBJECT -> {
        boolean inFlight = open && !listed.lastModified().isBefore(named.newestManifest(key.run()));
        yield inFlight || named.names(listed.key(), listed.versionId())
            ? Optional.empty()
            : Optional.of(Reason.ORPHAN);
      }
    };
  }

  /** A fork of a run that was cancelled, or failed, goes on from what a read of the key gets. */
  private static boolean isGoneOnFrom(ListedObject checkpoint, boolean open, Ends ends) {
    return open
        || (checkpoint.latest() && !ends.done().contains(StoredKey.of(checkpoint.key()).run()));
  }

  private static Garbage garbage(ListedObject listed, Reason reason) {
    return new Garbage(listed.key(), listed.versionId(), listed.bytes(), reason);
  }
}
