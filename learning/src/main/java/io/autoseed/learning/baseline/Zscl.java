package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;

/**
 * ZSCL (Zheng et al. 2023, arXiv 2303.06628) on frozen embeddings: cross-entropy on the task with
 * label smoothing 0.2; distillation from the initial model, of reference images to reference texts
 * and back, T = 2 (eqs. 2 to 4); a pull to the task's start; the average of the weights every 100
 * steps (eq. 6). What learns is {@link ImageMap}; reference images and texts, a second data set in
 * the paper, are unit vectors drawn at random.
 */
public final class Zscl extends MapStrategy {
  /** Chosen on a sequence that is never reported; see the README of bench. */
  private static final double LEARNING_RATE = 0.0003;

  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "zscl",
          "an image map, distilled from the initial model, pulled back and averaged",
          "Zheng et al. 2023, arXiv 2303.06628; on frozen embeddings",
          Schedule.settings(
              LEARNING_RATE,
              new Setting.Real("distillation", "weight of the distillation", 1.0, 0, 1e6),
              new Setting.Real("pull", "weight of the squared way from the start", 0.01, 0, 1e6),
              new Setting.Whole(
                  "average-every", "steps between averaged weights; 0: none", 100, 0, 1_000_000)),
          (settings, device) ->
              new Zscl(
                  Schedule.of(settings),
                  new Distillation(
                      0.2,
                      (Double) settings.get("distillation"),
                      2,
                      true,
                      true,
                      (Double) settings.get("pull"),
                      (Integer) settings.get("average-every")),
                  device));

  Zscl(Schedule schedule, Distillation distillation, Device device) {
    super(FACTORY.name(), 2, schedule, distillation, device);
  }
}
