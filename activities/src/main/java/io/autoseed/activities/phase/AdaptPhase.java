package io.autoseed.activities.phase;

import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;

/** ADAPT: trains on the task beside the replay. */
final class AdaptPhase {
  private final StrategyPhase phase;

  AdaptPhase(StrategyPhase phase) {
    this.phase = phase;
  }

  PhaseOutcome perform(PhaseRequest request) {
    return phase.perform(request, LearningPhase.ADAPT, StrategyPhase.Completion.NONE);
  }
}
