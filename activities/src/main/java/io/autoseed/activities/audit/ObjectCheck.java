package io.autoseed.activities.audit;

import io.autoseed.activities.catalog.RunCopy;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.workflows.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads every object version again that the manifests of a run name, and looks for versions that
 * were put or marked as deleted over them. Training features that the run was to drop must be gone
 * instead, from the run's end on.
 */
final class ObjectCheck {
  private static final int READERS = 4;

  /** Keys below it are written once, by whoever is first, and shared by all runs. */
  private static final String SHARED = "features/";

  private final ArtifactStore store;
  private final ArtifactStore impatient;
  private final Problems problems;
  private final RunVerification.Progress progress;
  private final Map<String, StoredObject> named = new TreeMap<>();
  private long dropped;
  private long bytes;

  ObjectCheck(ArtifactStore store, Problems problems, RunVerification.Progress progress) {
    this.store = store;
    this.impatient = store.impatient();
    this.problems = problems;
    this.progress = progress;
  }

  /** Versions read. */
  long objects() {
    return named.size() - dropped;
  }

  /** Versions that were not read, for the run drops them. */
  long dropped() {
    return dropped;
  }

  /** Length of all that was read. */
  long bytes() {
    return bytes;
  }

  /**
   * @param ended whether the run's workflow has
   * @param done whether no attempt at a phase can be at work any more
   */
  void check(RunCopy copy, boolean ended, boolean done) {
    for (StoredManifest stored : copy.manifests()) {
      name(stored.stored());
      stored.manifest().objects().values().forEach(this::name);
      stored.manifest().envelope().consumed().forEach(this::name);
    }
    List<Supplier<Long>> reads = new ArrayList<>();
    Predicate<String> drops = dropped(copy, ended);
    for (StoredObject object : named.values()) {
      if (drops.test(object.key())) {
        dropped++;
      } else {
        reads.add(() -> read(object));
      }
    }
    Set<String> shared = new HashSet<>();
    for (StoredObject object : named.values()) {
      if (object.key().startsWith(SHARED) && shared.add(object.key())) {
        reads.add(() -> newest(object));
      }
    }
    inParallel(reads);
    versions(copy, ended, done);
  }

  /**
   * Keys of what is gone, or about to go: training features of published tasks, and of all tasks
   * once the run has ended.
   */
  private static Predicate<String> dropped(RunCopy copy, boolean ended) {
    if (!copy.submitted().dropsFeatures()) {
      return key -> false;
    }
    if (ended) {
      return key -> key.startsWith(TrainingFeatures.prefix(copy.run()));
    }
    List<String> published =
        copy.manifests().stream()
            .map(stored -> stored.manifest().outcome())
            .filter(outcome -> outcome.phase() == Phase.PUBLISH)
            .map(outcome -> TrainingFeatures.prefix(copy.run(), outcome.task()))
            .toList();
    return key -> published.stream().anyMatch(key::startsWith);
  }

  private void name(ArtifactReference consumed) {
    if (!consumed.version().isEmpty()) {
      name(
          new StoredObject(
              consumed.uri(), consumed.version(), consumed.sha256(), consumed.bytes()));
    }
  }

  private void name(StoredObject object) {
    StoredObject known = named.putIfAbsent(object.key() + "\n" + object.versionId(), object);
    if (known != null && !known.sha256().equals(object.sha256())) {
      problems.add(
          Difference.of(
              object.key(),
              object.versionId(),
              "one digest in all manifests: " + known.sha256(),
              object.sha256()));
    }
  }

  private void inParallel(List<Supplier<Long>> reads) {
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Long>> answers = new ArrayList<>();
      reads.forEach(read -> answers.add(readers.submit(read::get)));
      for (int i = 0; i < answers.size(); i++) {
        bytes += answers.get(i).get();
        progress.read(i + 1, answers.size());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditException("interrupted while reading objects");
    } finally {
      readers.shutdownNow();
    }
  }

  private long read(StoredObject object) {
    String what = object.key() + " version " + object.versionId();
    String expected = "SHA-256 " + object.sha256();
    Optional<Optional<Manifest.Content>> read =
        problems.reading(what, expected, () -> impatient.measure(object.key(), object.versionId()));
    if (read.isEmpty()) {
      return 0;
    }
    if (read.get().isEmpty()) {
      problems.add(what, expected, "no such version");
      return 0;
    }
    Manifest.Content content = read.get().get();
    problems.compare(what, expected, "SHA-256 " + content.sha256());
    return content.bytes();
  }

  /** What a reader by key alone gets must be the version that was named. */
  private long newest(StoredObject object) {
    problems
        .reading(object.key(), "version " + object.versionId(), () -> impatient.stat(object.key()))
        .ifPresent(
            found ->
                problems.compare(
                    object.key(),
                    "version " + object.versionId(),
                    found.map(newest -> "version " + newest.versionId()).orElse("no object")));
    return 0;
  }

  /**
   * Versions of the run's own keys. A manifest has one; a key of the learner state may have more,
   * left by attempts that were overtaken, but of a finished run all hold bytes that a manifest
   * names.
   */
  private void versions(RunCopy copy, boolean ended, boolean done) {
    String prefix = "runs/" + copy.run() + "/";
    Map<String, Set<String>> digests = new TreeMap<>();
    named
        .values()
        .forEach(
            object ->
                digests.computeIfAbsent(object.key(), key -> new HashSet<>()).add(object.sha256()));
    for (ListedObject listed : store.listVersions(prefix)) {
      String key = listed.key();
      if (key.startsWith(TrainingFeatures.prefix(copy.run()))) {
        if (ended) {
          problems.add(Difference.of(key, listed.versionId(), "none, for the run drops it", "one"));
        }
        continue;
      }
      boolean known = named.containsKey(key + "\n" + listed.versionId());
      if (known || key.startsWith(prefix + "checkpoints/") || key.equals(prefix + "run.json")) {
        continue;
      }
      if (listed.deleteMarker()) {
        problems.add(Difference.of(key, listed.versionId(), "no delete marker", "one"));
      } else if (key.startsWith(prefix + "manifests/")) {
        boolean committedMeanwhile = !done && !digests.containsKey(key);
        if (!committedMeanwhile) {
          problems.add(Difference.of(key, listed.versionId(), "one version only", "another one"));
        }
      } else if (done) {
        stranger(listed, digests.getOrDefault(key, Set.of()));
      }
    }
  }

  private void stranger(ListedObject listed, Set<String> digests) {
    String what = listed.key() + " version " + listed.versionId();
    String expected = "bytes that a manifest names";
    problems
        .reading(what, expected, () -> impatient.measure(listed.key(), listed.versionId()))
        .flatMap(content -> content)
        .filter(content -> !digests.contains(content.sha256()))
        .ifPresent(content -> problems.add(what, expected, "SHA-256 " + content.sha256()));
  }
}
