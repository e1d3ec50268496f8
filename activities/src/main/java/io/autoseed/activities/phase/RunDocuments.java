package io.autoseed.activities.phase;

import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.FoundObject;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequencePast;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.workflows.Failures;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a run was asked to do: its document, sequence and tasks, kept in memory. Thread-safe. */
public final class RunDocuments {
  private static final int KEPT = 1024;

  private final ArtifactStore store;
  private final Documents documents;
  private final Map<String, Object> kept = new ConcurrentHashMap<>();

  public RunDocuments(ArtifactStore store, Documents documents) {
    this.store = store;
    this.documents = documents;
  }

  /** Where a run's document lies. */
  public static String key(String run) {
    return "runs/" + run + "/run.json";
  }

  public SequenceDocument sequence(String digest) {
    return named(digest, SequenceDocument.class);
  }

  /** The tasks of a sequence, in order. */
  public List<TaskDocument> tasks(SequenceDocument sequence) {
    List<TaskDocument> tasks = new ArrayList<>();
    sequence.tasks().forEach(digest -> tasks.add(named(digest, TaskDocument.class)));
    return tasks;
  }

  TaskDocument task(String digest) {
    return named(digest, TaskDocument.class);
  }

  /**
   * The run's document.
   *
   * @param sequence the revision being executed: a document of another revision is read again
   */
  RunDocument run(String run, String sequence) {
    if (kept.get(key(run)) instanceof RunDocument document
        && document.sequence().equals(sequence)) {
      return document;
    }
    return newest(run);
  }

  /** The newest version of a run's document. */
  public RunDocument newest(String run) {
    return find(run)
        .orElseThrow(
            () ->
                Failures.unavailable(
                    "there is no " + key(run) + " in the store: submit the run again", null));
  }

  /**
   * The newest version of a run's document, if there is one.
   *
   * @throws ApplicationFailure not to be tried again, if it is none of this version
   */
  public Optional<RunDocument> find(String run) {
    Optional<RunDocument> found = store.find(key(run)).map(RunDocuments::read);
    found.ifPresent(document -> keep(key(run), document));
    return found;
  }

  private static RunDocument read(FoundObject found) {
    try {
      return CanonicalJson.read(found.bytes(), RunDocument.class);
    } catch (IllegalArgumentException e) {
      throw Failures.badInput(
          found.stored().key() + " is no run of this version: " + e.getMessage(), e);
    }
  }

  /**
   * The first tasks of a run's newest revision, for a sequence file to go on from.
   *
   * @param most of them; fewer if the run has fewer
   */
  SequencePast past(String run, int most) {
    RunDocument document = newest(run);
    SequenceDocument sequence = sequence(document.sequence());
    List<TaskDocument> tasks = tasks(sequence);
    Map<String, Path> roots = new HashMap<>();
    document.datasetRoots().forEach((name, root) -> roots.put(name, Path.of(root)));
    return new SequencePast(run, sequence, tasks.subList(0, Math.min(most, tasks.size())), roots);
  }

  /** The run's document of a revision, by its digest. */
  RunDocument revision(String digest) {
    return documents.get(digest, RunDocument.class);
  }

  /** Writes the run's document unless the newest is the same. */
  void write(RunDocument document) {
    byte[] bytes = CanonicalJson.bytes(document);
    String key = key(document.run());
    String digest = CanonicalJson.sha256(bytes);
    if (store.find(key).filter(found -> found.stored().sha256().equals(digest)).isEmpty()) {
      store.put(key, bytes, "run");
    }
  }

  private <T> T named(String digest, Class<T> type) {
    Object known = kept.get(digest);
    if (known == null) {
      known = documents.get(digest, type);
      keep(digest, known);
    }
    return type.cast(known);
  }

  private void keep(String key, Object document) {
    if (kept.size() >= KEPT) {
      kept.clear();
    }
    kept.put(key, document);
  }
}
