package io.autoseed.activities.store;

import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.workflows.Phase;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one phase, at {@code runs/<run>/checkpoints/<task>/<phase>/<step>}.
 *
 * <p>Each names its parent: the checkpoint before it, or the phase's key for the first. The latest
 * one that reads back whole, under the same phase key, is the one to go on from; a damaged one is
 * passed over. While the phase runs the two newest are kept, whichever attempt saved them, and none
 * after its commit. One thread.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String PARENT = "parent";
  private static final String PHASE_KEY = "phase-key";
  private static final String SECONDS = "compute-seconds";
  private static final int KEPT = 2;

  /** The phase that a checkpoint is of, and the steps done in it. */
  public record Place(Phase phase, int step) {}

  private record Version(String key, String id) {}

  private final ArtifactStore store;
  private final int task;
  private final Phase phase;
  private final String prefix;
  private final String phaseKey;

  /** Those that may go, the first to go first. */
  private final Deque<Version> kept = new ArrayDeque<>();

  private boolean noneFound;
  private String parent;
  private boolean saved;

  /**
   * @param phaseKey digest that a checkpoint must have been made under to be used
   */
  public Checkpoints(ArtifactStore store, String run, int task, Phase phase, String phaseKey) {
    this.store = store;
    this.task = task;
    this.phase = phase;
    this.prefix = prefix(run);
    this.phaseKey = phaseKey;
    this.parent = phaseKey;
  }

  /**
   * Saves a state.
   *
   * @param step number of steps done
   * @param computeSeconds spent so far, earlier attempts included
   * @return the object, for a heartbeat to carry
   */
  public StoredObject save(int step, TensorBundle state, double computeSeconds) {
    saved = true;
    StoredObject checkpoint =
        store.put(
            key(step),
            SafeTensors.encode(state),
            "checkpoint",
            Map.of(PARENT, parent, PHASE_KEY, phaseKey, SECONDS, Double.toString(computeSeconds)));
    parent = checkpoint.sha256();
    kept.addLast(new Version(checkpoint.key(), checkpoint.versionId()));
    while (kept.size() > KEPT) {
      Version old = kept.removeFirst();
      store.delete(old.key(), old.id());
    }
    return checkpoint;
  }

  private String key(int step) {
    return prefix + String.format(Locale.ROOT, "%08d", step);
  }

  private String prefix(String run) {
    return folder(run, task) + phase + "/";
  }

  private static String folder(String run, int task) {
    return "runs/" + run + "/checkpoints/" + task + "/";
  }

  /** The furthest checkpoint that a run has of a task, whatever it was made under. */
  public static Optional<Place> furthest(ArtifactStore store, String run, int task) {
    String folder = folder(run, task);
    return store.list(folder).stream()
        .map(listed -> listed.key().substring(folder.length()).split("/", -1))
        .map(place -> new Place(Phase.valueOf(place[0]), Integer.parseInt(place[1])))
        .max(Comparator.comparing(Place::phase).thenComparing(Place::step));
  }

  /** Looks whether earlier attempts left any. */
  public void look() {
    noneFound = store.list(prefix).isEmpty();
  }

  /** Whether there was none at the look, and none was saved since. */
  public boolean none() {
    return noneFound && !saved;
  }

  /**
   * The state to go on from; none if there was none at the look. If there was, what is there now
   * counts: an attempt that was overtaken may have replaced it since.
   */
  public Optional<Checkpoint> latest() {
    if (none()) {
      return Optional.empty();
    }
    List<ListedObject> found = store.listVersions(prefix);
    Optional<Checkpoint> latest = latestOf(found);
    keep(found, latest.map(checkpoint -> key(checkpoint.step())).orElse(""));
    return latest;
  }

  /**
   * Takes over what is there: it goes as new ones are saved, the oldest first, but before it those
   * that were passed over.
   *
   * @param goneOnFrom key of the one to go on from
   */
  private void keep(List<ListedObject> found, String goneOnFrom) {
    kept.clear();
    found.stream()
        .sorted(
            Comparator.comparing((ListedObject version) -> version.key().compareTo(goneOnFrom) <= 0)
                .thenComparing(ListedObject::key)
                .thenComparing(ListedObject::lastModified))
        .forEach(version -> kept.addLast(new Version(version.key(), version.versionId())));
  }

  /** The state in which another run left the same phase, if it was to do the very same. */
  public Optional<Checkpoint> latestOf(String otherRun) {
    return latestOf(store.list(prefix(otherRun)));
  }

  private Optional<Checkpoint> latestOf(List<ListedObject> listed) {
    List<String> newestFirst =
        listed.stream()
            .map(ListedObject::key)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (String candidate : newestFirst) {
      Optional<Checkpoint> valid = valid(candidate);
      if (valid.isPresent()) {
        parent = valid.get().sha256();
        return valid;
      }
    }
    return Optional.empty();
  }

  private Optional<Checkpoint> valid(String key) {
    try {
      Optional<FoundObject> found = store.find(key);
      if (found.isEmpty() || !phaseKey.equals(found.get().beside().get(PHASE_KEY))) {
        return Optional.empty();
      }
      return Optional.of(
          new Checkpoint(
              Integer.parseInt(key.substring(key.lastIndexOf('/') + 1)),
              SafeTensors.decode(found.get().bytes()),
              found.get().stored().sha256(),
              Double.parseDouble(found.get().beside().getOrDefault(SECONDS, "0"))));
    } catch (CorruptObjectException | IOException | NumberFormatException e) {
      return Optional.empty();
    } catch (StoreException e) {
      if (e.mayPass() && store.isSound()) {
        LOG.warn("passes a checkpoint over that the store does not read: {}", e.getMessage());
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The digest of what the checkpoint after this one would name as its parent. */
  String parent() {
    return parent;
  }

  /** Removes every version of every checkpoint of the phase. */
  public void deleteAll() {
    for (ListedObject listed : store.listVersions(prefix)) {
      store.delete(listed.key(), listed.versionId());
    }
    kept.clear();
  }
}
