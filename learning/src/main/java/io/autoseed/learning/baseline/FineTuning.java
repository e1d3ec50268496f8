package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;

/**
 * Fine-tuning, the lower bound: cross-entropy over all classes seen, on the task's examples alone,
 * with the adapter that all trained baselines share ({@link KeyAdapter}, {@link KeyTraining}). The
 * whitening is that of all tasks so far. Without steps it is the zero-shot classifier exactly.
 *
 * <p>Source: the usual lower bound, for example of ZSCL, arXiv 2303.06628 ("Continual-FT").
 */
public final class FineTuning extends KeyStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "finetune",
          "cross-entropy on the newest task alone: the lower bound",
          "Continual-FT of ZSCL, arXiv 2303.06628",
          Schedule.settings(),
          (settings, device) -> new FineTuning(Schedule.of(settings), device));

  FineTuning(Schedule schedule, Device device) {
    super(FACTORY.name(), 1, schedule, device);
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    return trainOnTask(input);
  }
}
