package io.autoseed.activities.retention;

import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.FoundObject;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.Manifest;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Everything that the manifests of all runs name. */
final class NamedObjects {
  private static final int READERS = 4;

  private final Set<String> versions = new HashSet<>();
  private final Set<String> committedPhases = new HashSet<>();
  private final Map<String, Instant> newestManifest = new HashMap<>();

  NamedObjects() {}

  /**
   * Reads all manifests, in every version.
   *
   * @param progress told how many of how many are read
   * @throws RetentionException if one cannot be read, for it would not be known what it names
   */
  static NamedObjects read(ArtifactStore store, GarbageSearch.Progress progress) {
    NamedObjects named = new NamedObjects();
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Manifest>> manifests = new ArrayList<>();
      for (ListedObject listed : store.listVersions("runs/")) {
        if (!listed.deleteMarker() && StoredKey.of(listed.key()).isManifest()) {
          named.committed(listed);
          manifests.add(readers.submit(() -> manifest(store, listed)));
        }
      }
      for (int i = 0; i < manifests.size(); i++) {
        named.add(manifests.get(i).get());
        progress.read(i + 1, manifests.size());
      }
      return named;
    } catch (ExecutionException e) {
      throw new RetentionException(
          "a manifest cannot be read, so what it names is not known: "
              + e.getCause().getMessage()
              + "; autoseed verify RUN shows it",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetentionException("interrupted while reading manifests", e);
    } finally {
      readers.shutdownNow();
    }
  }

  private static Manifest manifest(ArtifactStore store, ListedObject listed) {
    FoundObject found =
        store
            .find(listed.key(), listed.versionId())
            .orElseThrow(
                () -> new IllegalStateException(listed.key() + " vanished while it was read"));
    return CanonicalJson.read(found.bytes(), Manifest.class);
  }

  void committed(ListedObject listed) {
    StoredKey key = StoredKey.of(listed.key());
    versions.add(version(listed.key(), listed.versionId()));
    committedPhases.add(phase(key.run(), key.task(), key.phase()));
    newestManifest.merge(
        key.run(), listed.lastModified(), (one, two) -> one.isAfter(two) ? one : two);
  }

  private void add(Manifest manifest) {
    manifest
        .objects()
        .values()
        .forEach(object -> versions.add(version(object.key(), object.versionId())));
    manifest
        .envelope()
        .consumed()
        .forEach(read -> versions.add(version(read.uri(), read.version())));
  }

  boolean names(String key, String versionId) {
    return versions.contains(version(key, versionId));
  }

  boolean isCommitted(String run, int task, Phase phase) {
    return committedPhases.contains(phase(run, task, phase));
  }

  /** When the run's newest manifest was written; the beginning of time if it has none. */
  Instant newestManifest(String run) {
    return newestManifest.getOrDefault(run, Instant.MIN);
  }

  private static String version(String key, String versionId) {
    return key + "\n" + versionId;
  }

  private static String phase(String run, int task, Phase phase) {
    return run + "/" + task + "/" + phase;
  }
}
