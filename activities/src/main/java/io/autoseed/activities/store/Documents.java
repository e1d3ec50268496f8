package io.autoseed.activities.store;

import io.autoseed.learning.sequence.CanonicalJson;

/**
 * Immutable JSON documents (sequences, tasks) named by the SHA-256 of their canonical bytes, at
 * {@code documents/<digest>.json}: workflows pass digests, never documents.
 */
public final class Documents {
  private final ArtifactStore store;
  private final ObjectCache cache;

  public Documents(ArtifactStore store, ObjectCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /** Stores a record and returns its digest. Storing it again changes nothing. */
  public String put(Object document) {
    byte[] bytes = CanonicalJson.bytes(document);
    String digest = Digests.sha256(bytes);
    store.putIfAbsent(key(digest), bytes, "document");
    cache.put(digest, bytes);
    return digest;
  }

  /**
   * The document of that digest.
   *
   * @throws StoreException if there is none, or it is not of that type
   */
  public <T> T get(String digest, Class<T> type) {
    byte[] bytes = cache.get(digest, () -> fetch(digest));
    try {
      return CanonicalJson.read(bytes, type);
    } catch (IllegalArgumentException e) {
      throw new StoreRefusedException(key(digest) + ": " + e.getMessage(), e);
    }
  }

  private byte[] fetch(String digest) {
    FoundObject found =
        store
            .find(key(digest))
            .orElseThrow(
                () ->
                    new StoreRefusedException(
                        "no document " + digest + " at " + store.address() + ": submit it first"));
    if (!found.stored().sha256().equals(digest)) {
      throw new CorruptObjectException(key(digest), digest, found.stored().sha256());
    }
    return found.bytes();
  }

  /** Where the document of that digest lies. */
  public static String key(String digest) {
    return "documents/" + Digests.checked(digest) + ".json";
  }
}
