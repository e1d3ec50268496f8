package io.autoseed.activities.phase;

import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.store.SeedChanges;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import java.util.Map;
import java.util.TreeMap;

/**
 * SEED_UPDATE: generates the task's seeds, or whatever else the strategy remembers, and says which
 * seeds were born and pruned.
 */
final class SeedUpdatePhase {
  private final StrategyPhase phase;
  private final RunDocuments documents;

  SeedUpdatePhase(StrategyPhase phase, RunDocuments documents) {
    this.phase = phase;
    this.documents = documents;
  }

  PhaseOutcome perform(PhaseRequest request) {
    return phase.perform(request, LearningPhase.SEED_UPDATE, this::withSeeds);
  }

  private PhaseProduct withSeeds(
      Assignment assignment, LearnerState before, LearnerState after, PhaseProduct product) {
    if (!SeedRows.keptBy(after)) {
      return product;
    }
    Map<Integer, String> names = new TreeMap<>();
    for (String digest :
        assignment.sequence().tasks().subList(0, assignment.request().task() + 1)) {
      for (TaskDocument.ClassDocument learned : documents.task(digest).classes()) {
        names.put(learned.number(), learned.name());
      }
    }
    return product.withSeeds(
        SeedChanges.between(SeedRows.of(before, names), SeedRows.of(after, names)));
  }
}
