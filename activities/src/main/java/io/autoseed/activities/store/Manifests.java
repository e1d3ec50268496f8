package io.autoseed.activities.store;

import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.Phase;
import java.util.Optional;

/** Manifests in the store, and the objects that they name. Reads go through the local cache. */
public final class Manifests {
  private final ArtifactStore store;
  private final ObjectCache cache;

  public Manifests(ArtifactStore store, ObjectCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /** The manifest that was committed for a phase, if there is one: the manifest decides. */
  public Optional<StoredManifest> committed(String run, int task, Phase phase) {
    return store.find(Manifest.key(run, task, phase)).map(Manifests::parse);
  }

  /**
   * A manifest by reference, checked against both its digests.
   *
   * @throws StoreException if it is gone, was changed, or is not a manifest
   */
  public StoredManifest read(ManifestReference reference) {
    byte[] bytes = cache.get(reference.sha256(), () -> store.require(stored(reference, 0)));
    StoredManifest read =
        parse(new FoundObject(stored(reference, bytes.length), bytes, java.util.Map.of()));
    String found = read.manifest().outcomeDigest();
    if (!found.equals(reference.outcomeDigest())) {
      throw new CorruptObjectException(
          "the outcome of " + reference.key(), reference.outcomeDigest(), found);
    }
    return read;
  }

  private static StoredObject stored(ManifestReference reference, long bytes) {
    return new StoredObject(reference.key(), reference.versionId(), reference.sha256(), bytes);
  }

  /** The bytes of an object, from the cache or the store. */
  public byte[] object(StoredObject object) {
    return cache.get(object.sha256(), () -> store.require(object));
  }

  /** Writes an object, and keeps it in the cache: the next phase may be performed here, too. */
  public StoredObject putObject(String key, byte[] bytes, String kind) {
    StoredObject stored = store.put(key, bytes, kind);
    cache.put(stored.sha256(), bytes);
    return stored;
  }

  /**
   * Writes the manifest of a phase, unless there is one: the commit point.
   *
   * @return empty if one was there already
   */
  public Optional<StoredManifest> commit(Manifest manifest) {
    String key =
        Manifest.key(
            manifest.envelope().run(), manifest.envelope().task(), manifest.outcome().phase());
    byte[] bytes = manifest.bytes();
    Optional<StoredObject> stored = store.putIfAbsent(key, bytes, "manifest");
    stored.ifPresent(mine -> cache.put(mine.sha256(), bytes));
    return stored.map(mine -> new StoredManifest(manifest, mine));
  }

  private static StoredManifest parse(FoundObject found) {
    try {
      return new StoredManifest(CanonicalJson.read(found.bytes(), Manifest.class), found.stored());
    } catch (IllegalArgumentException e) {
      throw new StoreRefusedException(
          found.stored().key() + " is no manifest of this version: " + e.getMessage(), e);
    }
  }
}
