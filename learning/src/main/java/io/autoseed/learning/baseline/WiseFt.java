package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;

/**
 * WiSE-FT (Wortsman et al. 2022, arXiv 2109.01903, eq. 1) task by task, on the shared adapter:
 * {@link FineTuning}, and after it every weight is alpha of the new and 1 - alpha of the one before
 * the task (a class's first being its zero-shot key). alpha = 1 is fine-tuning, alpha = 0
 * zero-shot, both exactly.
 */
public final class WiseFt extends KeyStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "wise-ft",
          "fine-tuning, then a weight average with the adapter before the task",
          "Wortsman et al. 2022, arXiv 2109.01903",
          Schedule.settings(
              new Setting.Real("new-share", "alpha, the share of the new weights", 0.8, 0, 1)),
          (settings, device) ->
              new WiseFt(Schedule.of(settings), (Double) settings.get("new-share"), device));

  private final double newShare;

  WiseFt(Schedule schedule, double newShare, Device device) {
    super(FACTORY.name(), 1, schedule, device);
    this.newShare = newShare;
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    KeyAdapter before = KeyAdapter.of(input.state(), input.classes());
    return trainOnTask(input, learned -> learned.averaged(newShare, before));
  }
}
