package io.autoseed.activities.commit;

import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseRequest;
import java.util.Map;

/**
 * A phase about to be performed.
 *
 * @param taskDigest of the task document
 * @param phaseKey digest of its {@link io.autoseed.activities.store.PhaseKey}
 * @param carried objects by name that go on unchanged if another run's result is adopted
 * @param reuse what may be adopted from other runs
 */
public record PhasePlan(
    PhaseRequest request,
    String taskDigest,
    String phaseKey,
    Map<String, StoredObject> carried,
    Reuse reuse) {
  public PhasePlan {
    carried = Map.copyOf(carried);
  }

  /** Whether attempts at the phase save checkpoints. */
  boolean isLearning() {
    return switch (request.phase()) {
      case REPLAY, ADAPT, SEED_UPDATE -> true;
      case ENCODE, EVALUATE, PUBLISH -> false;
    };
  }

  boolean adoptsFromOtherRuns() {
    return switch (reuse) {
      case ALL -> true;
      case ENCODE -> request.phase() == Phase.ENCODE;
      case NONE -> false;
    };
  }

  /** A run that adopts nothing offers nothing: its features are its own, and may not last. */
  boolean offersToOtherRuns() {
    return reuse != Reuse.NONE;
  }

  String run() {
    return request.run();
  }

  int task() {
    return request.task();
  }

  Phase phase() {
    return request.phase();
  }
}
