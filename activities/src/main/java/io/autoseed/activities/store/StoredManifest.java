package io.autoseed.activities.store;

import io.autoseed.workflows.ManifestReference;

/** A manifest with the place it was read from or written to. */
public record StoredManifest(Manifest manifest, StoredObject stored) {
  /** What other phases are told. */
  public ManifestReference reference() {
    return new ManifestReference(
        stored.key(), stored.versionId(), stored.sha256(), manifest.outcomeDigest());
  }
}
