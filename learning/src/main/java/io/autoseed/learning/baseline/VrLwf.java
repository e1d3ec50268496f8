package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;

/**
 * LwF-VR (Ding et al. 2022, arXiv 2207.09248) on frozen embeddings: cross-entropy on the task, and
 * distillation of the task's images over a replayed vocabulary from the model before the task, T =
 * 2. What learns is {@link ImageMap}; the vocabulary, 1000 texts of random tokens in the paper, is
 * 1000 unit vectors drawn at random, since no text tower is at hand here.
 */
public final class VrLwf extends MapStrategy {
  /** Chosen on a sequence that is never reported; see the README of bench. */
  private static final double LEARNING_RATE = 0.001;

  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "vr-lwf",
          "an image map, distilled over a random vocabulary from the model before the task",
          "Ding et al. 2022, arXiv 2207.09248; on frozen embeddings",
          Schedule.settings(
              LEARNING_RATE,
              new Setting.Real("distillation", "weight of the distillation", 1.0, 0, 1e6)),
          (settings, device) ->
              new VrLwf(Schedule.of(settings), (Double) settings.get("distillation"), device));

  VrLwf(Schedule schedule, double weight, Device device) {
    super(FACTORY.name(), 2, schedule, new Distillation(0, weight, 2, false, false, 0, 0), device);
  }
}
