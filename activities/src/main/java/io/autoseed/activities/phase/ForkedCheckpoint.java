package io.autoseed.activities.phase;

import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Checkpoints;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.SequenceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoint that a run left in the first task that its fork learns by itself.
 *
 * @param changed what the fork has otherwise than the run, such as {@code settings}: its phase is
 *     another one then and begins anew; empty if the fork goes on from the checkpoint
 */
public record ForkedCheckpoint(Checkpoints.Place place, List<String> changed) {
  public ForkedCheckpoint {
    changed = List.copyOf(changed);
  }

  static Optional<ForkedCheckpoint> of(
      ArtifactStore store, RunDocuments documents, Submission submission) {
    Submission.Fork fork = submission.fork();
    int task = fork.afterTask() + 1;
    return Checkpoints.furthest(store, fork.run(), task)
        .map(place -> new ForkedCheckpoint(place, changed(documents, submission, task)));
  }

  /** What the key of a phase holds and submissions choose; the rest follows from it. */
  private static List<String> changed(RunDocuments documents, Submission submission, int task) {
    RunDocument run = documents.newest(submission.fork().run());
    SequenceDocument before = documents.sequence(run.sequence());
    SequenceDocument now = submission.sequence().document();
    List<String> changed = new ArrayList<>();
    if (!CanonicalJson.digest(before.settings()).equals(CanonicalJson.digest(now.settings()))) {
      changed.add("settings");
    }
    if (before.strategyVersion() != null
        && !before.strategyVersion().equals(now.strategyVersion())) {
      changed.add("strategy version");
    }
    if (before.randomSeed() != now.randomSeed()) {
      changed.add("random seed");
    }
    if (task >= now.tasks().size() || !before.tasks().get(task).equals(now.tasks().get(task))) {
      changed.add("task");
    }
    if (!run.profile().equals(submission.profile())) {
      changed.add("numeric profile");
    }
    return changed;
  }
}
