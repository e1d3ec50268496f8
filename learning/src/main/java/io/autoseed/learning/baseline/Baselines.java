package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.StrategyFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The factories of the baselines. */
public final class Baselines {
  private static final int STEPS = 300;
  private static final double LEARNING_RATE = 0.002;

  /** No training at all. */
  public static final StrategyFactory CONTINUAL_CLIP =
      new Baseline(
          ContinualClip.NAME,
          "frozen trunk, zero-shot: trains nothing",
          "Thengane et al. 2022, arXiv 2210.03114",
          List.of(),
          (settings, device) -> new ContinualClip());

  /** Streaming linear discriminant analysis. */
  public static final StrategyFactory STREAMING_LDA =
      new Baseline(
          StreamingLda.NAME,
          "class means and one shared covariance, nearest mean: trains nothing",
          "Hayes and Kanan 2020, arXiv 1909.01520",
          List.of(
              new Setting.Real(
                  "shrinkage", "lambda, the sphere's share of the covariance", 0.05, 1e-6, 1)),
          (settings, device) -> new StreamingLda((Double) settings.get("shrinkage"), device));

  /** Training on the newest task alone. */
  public static final StrategyFactory FINE_TUNING =
      new Baseline(
          FineTuning.NAME,
          "cross-entropy on the newest task alone: the lower bound",
          "Continual-FT of ZSCL, arXiv 2303.06628",
          Schedule.settings(STEPS, LEARNING_RATE),
          (settings, device) -> new FineTuning(Schedule.of(settings), device));

  /** Real features of the past beside the task. */
  public static final StrategyFactory EXPERIENCE_REPLAY =
      new Baseline(
          ExperienceReplay.NAME,
          "a few real features of each past class replayed beside the task",
          "Chaudhry et al. 2019, arXiv 1902.10486",
          replaySettings(),
          (settings, device) ->
              new ExperienceReplay(
                  Schedule.of(settings), (Integer) settings.get("features-per-class"), device));

  /** Training on everything seen. */
  public static final StrategyFactory JOINT_TRAINING =
      new Baseline(
          JointTraining.NAME,
          "everything seen, from scratch: the better of trained keys and discriminant analysis",
          "joint training, as in CGIL, arXiv 2407.15793",
          Schedule.settings(STEPS, LEARNING_RATE),
          (settings, device) -> new JointTraining(Schedule.of(settings), device));

  private Baselines() {}

  private static List<Setting> replaySettings() {
    List<Setting> settings = new ArrayList<>(Schedule.settings(STEPS, LEARNING_RATE));
    settings.add(
        new Setting.Whole(
            "features-per-class", "real features kept a class, float16", 4, 1, 10_000));
    return List.copyOf(settings);
  }

  private record Baseline(
      String name,
      String summary,
      String source,
      List<Setting> settings,
      BiFunction<Map<String, Object>, Device, Strategy> making)
      implements StrategyFactory {
    @Override
    public Strategy create(Map<String, Object> values, Device device) {
      return making.apply(values, device);
    }
  }
}
