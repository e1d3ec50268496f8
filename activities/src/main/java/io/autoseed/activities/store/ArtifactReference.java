package io.autoseed.activities.store;

/**
 * Anything that lineage knows: an object version, or a thing outside the store.
 *
 * @param uri object key, or {@code dataset:<digest>}, {@code encoder:<digest>}, ...
 * @param version version of the object; empty outside the store
 * @param bytes length, 0 if not known
 * @param kind for example {@code seeds}, {@code manifest}, {@code data-set}
 */
public record ArtifactReference(
    String uri, String version, String sha256, long bytes, String kind) {
  /** A stored object as lineage sees it. */
  public static ArtifactReference of(StoredObject object, String kind) {
    return new ArtifactReference(
        object.key(), object.versionId(), object.sha256(), object.bytes(), kind);
  }

  /** A thing outside the store, for example {@code outside("dataset", digest, bytes)}. */
  public static ArtifactReference outside(String kind, String sha256, long bytes) {
    return new ArtifactReference(kind + ":" + sha256, "", sha256, bytes, kind);
  }
}
