package io.autoseed.worker.chaos;

import io.autoseed.activities.store.Manifest;
import io.autoseed.workflows.Phase;
import java.util.List;
import java.util.SortedMap;

/**
 * What a run left behind, in the store and in the catalog.
 *
 * @param state how it ended
 * @param failure why it ended without being done, or null
 * @param phases every phase that either knows of
 * @param manifests the committed ones that the store holds and that can be read
 * @param damaged objects that cannot be read as they were committed, with what is wrong with them
 * @param nondeterminisms audit entries of attempts that computed something else
 * @param failedActivities activities that were given up, by Temporal's histories
 */
record Member(
    String run,
    String state,
    String failure,
    SortedMap<PhaseName, PhaseRecord> phases,
    List<Manifest> manifests,
    List<String> damaged,
    int nondeterminisms,
    int failedActivities) {
  Member {
    manifests = List.copyOf(manifests);
    damaged = List.copyOf(damaged);
  }

  /** A phase of a task; phases in the order they are performed. */
  record PhaseName(int task, Phase phase) implements Comparable<PhaseName> {
    @Override
    public int compareTo(PhaseName other) {
      return task != other.task ? Integer.compare(task, other.task) : phase.compareTo(other.phase);
    }

    @Override
    public String toString() {
      return phase + " of task " + task;
    }
  }

  /**
   * @param outcome digest computed again from the newest manifest in the store; null if there is
   *     none
   * @param manifestVersion its version; null if there is none
   * @param manifestVersions how many versions of the manifest the store holds
   * @param reused whether the manifest says that another run's result was adopted
   * @param row what the catalog says; null if the phase is not committed there
   */
  record PhaseRecord(
      String outcome, String manifestVersion, int manifestVersions, boolean reused, Row row) {}

  /**
   * @param audited entries of the audit chain that say it was committed
   * @param told rows for MLflow
   */
  record Row(String outcome, String manifestVersion, int audited, int told) {}
}
