package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.workflows.RunState;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run as the artifact store knows it: all that its rows in the catalog are made of.
 *
 * @param submitted the run as it was submitted, with its first sequence revision
 * @param sequenceDigest of its newest revision
 * @param tasks of its newest revision, in order
 * @param past the manifest that a fork starts from, null for a run of its own
 * @param manifests committed so far, in the order of tasks and phases
 * @param audit the audit chain from its first entry, as far as manifests and anchors carry it
 * @param anchors of the chain, oldest first
 */
public record RunCopy(
    NewRun submitted,
    String sequenceDigest,
    List<TaskDocument> tasks,
    StoredManifest past,
    List<StoredManifest> manifests,
    List<AuditNote> audit,
    List<AuditAnchorRow> anchors) {
  public RunCopy {
    tasks = List.copyOf(tasks);
    manifests = List.copyOf(manifests);
    audit = List.copyOf(audit);
    anchors = List.copyOf(anchors);
  }

  public String run() {
    return submitted.id();
  }

  /** The copy without its last manifest. */
  RunCopy withoutLastManifest() {
    return with(manifests.subList(0, manifests.size() - 1));
  }

  /**
   * The copy without manifests that count for nothing, for the run was cancelled or failed before
   * they were written down.
   */
  public RunCopy withoutLateManifests() {
    RunStory story = RunStory.read(this, audit);
    if (story.finishedAt() == null || story.state().equals(RunState.DONE.name())) {
      return this;
    }
    return with(manifests.stream().filter(story::tellsOf).toList());
  }

  private RunCopy with(List<StoredManifest> some) {
    return new RunCopy(submitted, sequenceDigest, tasks, past, some, audit, anchors);
  }

  /** The manifests by their keys, the past included. */
  Map<String, StoredManifest> byKey() {
    return Stream.concat(Stream.ofNullable(past), manifests.stream())
        .collect(
            Collectors.toMap(found -> found.stored().key(), found -> found, (one, two) -> one));
  }
}
