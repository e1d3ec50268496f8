package io.autoseed.activities.store;

import java.util.regex.Pattern;

/**
 * Features of training images that a run keeps no longer than it takes to learn their task: at
 * {@code runs/<run>/training/<task digest>/}, apart from all others, so that they can go without a
 * list of them. Manifests go on naming them, with their digests.
 */
public final class TrainingFeatures {
  private static final Pattern KEYS = Pattern.compile("runs/[^/]+/training/");

  private final ArtifactStore store;

  public TrainingFeatures(ArtifactStore store) {
    this.store = store;
  }

  /** Start of the keys of a run's. */
  public static String prefix(String run) {
    return "runs/" + run + "/training/";
  }

  /**
   * Start of the keys of a task's.
   *
   * @param task digest of the task document
   */
  public static String prefix(String run, String task) {
    return prefix(run) + task + "/";
  }

  /** Whether a key is one of theirs, of whichever run. */
  public static boolean holds(String key) {
    return KEYS.matcher(key).lookingAt();
  }

  /** Removes every version of a task's; nothing is left to do if they are gone. */
  public void drop(String run, String task) {
    drop(prefix(run, task));
  }

  /** Removes every version of what the run has left, of whichever task. */
  public void dropAll(String run) {
    drop(prefix(run));
  }

  private void drop(String prefix) {
    store.listVersions(prefix).forEach(version -> store.delete(version.key(), version.versionId()));
  }
}
