package io.autoseed.activities.retention;

import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.workflows.Phase;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A key below {@code runs/}, taken apart.
 *
 * @param task index, -1 if the key belongs to no phase
 * @param phase null if the key belongs to none
 */
record StoredKey(String run, Area area, int task, Phase phase) {
  /** What lies under a key. */
  enum Area {
    MANIFEST,
    CHECKPOINT,
    /** What the run was asked to do. */
    DOCUMENT,
    /** A shard of features that the run does not share with others. */
    FEATURES,
    /** Training features of a run that keeps none. */
    TRAINING,
    /** An object of a phase's outcome. */
    OBJECT,
    /** Not one of ours: left alone. */
    UNKNOWN
  }

  private static final String PHASES =
      Arrays.stream(Phase.values()).map(Phase::name).collect(Collectors.joining("|"));
  private static final Pattern OF_PHASE =
      Pattern.compile(
          "runs/([^/]+)/(manifests|checkpoints)/([0-9]{1,9})/(" + PHASES + ")(\\.json|/[0-9]+)");
  private static final Pattern OF_RUN = Pattern.compile("runs/([^/]+)/(.+)");

  static StoredKey of(String key) {
    Matcher phase = OF_PHASE.matcher(key);
    if (phase.matches()) {
      boolean manifest = phase.group(2).equals("manifests");
      return new StoredKey(
          phase.group(1),
          manifest ? Area.MANIFEST : Area.CHECKPOINT,
          Integer.parseInt(phase.group(3)),
          Phase.valueOf(phase.group(4)));
    }
    Matcher run = OF_RUN.matcher(key);
    if (!run.matches()) {
      return new StoredKey("", Area.UNKNOWN, -1, null);
    }
    String name = run.group(2);
    Area area = Area.OBJECT;
    if (name.equals("run.json")) {
      area = Area.DOCUMENT;
    } else if (name.startsWith("manifests/") || name.startsWith("checkpoints/")) {
      area = Area.UNKNOWN;
    } else if (name.startsWith("features/")) {
      area = Area.FEATURES;
    } else if (TrainingFeatures.holds(key)) {
      area = Area.TRAINING;
    }
    return new StoredKey(run.group(1), area, -1, null);
  }

  boolean isManifest() {
    return area == Area.MANIFEST;
  }
}
