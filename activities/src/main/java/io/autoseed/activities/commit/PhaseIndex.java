package io.autoseed.activities.commit;

import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.FoundObject;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.StoreException;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.ManifestReference;
import java.util.Optional;

/**
 * Which manifest holds the result of a phase key: {@code phases/<phaseKey>}, written once by
 * whoever finishes first. How a run adopts another run's result.
 */
public final class PhaseIndex {
  /** What an index object says. */
  record Entry(String phaseKey, ManifestReference manifest) {}

  private final ArtifactStore store;
  private final Manifests manifests;

  PhaseIndex(ArtifactStore store, Manifests manifests) {
    this.store = store;
    this.manifests = manifests;
  }

  /** A finished manifest of that key. One that is gone or damaged counts as none. */
  Optional<StoredManifest> find(String phaseKey) {
    Optional<FoundObject> found = store.find(key(phaseKey));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      Entry entry = CanonicalJson.read(found.get().bytes(), Entry.class);
      return entry.phaseKey().equals(phaseKey)
          ? Optional.of(manifests.read(entry.manifest()))
          : Optional.empty();
    } catch (StoreException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The manifest that an index object names, whether it is there or not; nothing if damaged. */
  public static Optional<ManifestReference> manifest(
      ArtifactStore store, String key, String versionId) {
    try {
      return store
          .find(key, versionId)
          .map(found -> CanonicalJson.read(found.bytes(), Entry.class).manifest());
    } catch (CorruptObjectException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Names the manifest, unless the key has one. */
  void put(StoredManifest finished) {
    String phaseKey = finished.manifest().envelope().phaseKey();
    store.putIfAbsent(
        key(phaseKey),
        CanonicalJson.bytes(new Entry(phaseKey, finished.reference())),
        "phase-index");
  }

  private static String key(String phaseKey) {
    return "phases/" + phaseKey;
  }
}
