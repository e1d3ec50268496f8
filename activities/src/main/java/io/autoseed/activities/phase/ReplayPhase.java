package io.autoseed.activities.phase;

import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;

/**
 * REPLAY: draws what the strategy remembers of earlier tasks; reads nothing of the new one but its
 * class names.
 */
final class ReplayPhase {
  private final StrategyPhase phase;

  ReplayPhase(StrategyPhase phase) {
    this.phase = phase;
  }

  PhaseOutcome perform(PhaseRequest request) {
    return phase.perform(request, LearningPhase.REPLAY, StrategyPhase.Completion.NONE);
  }
}
