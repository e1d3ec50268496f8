package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.StrategyFactory;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The factories of the baselines. */
public final class Baselines {
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

  private Baselines() {}

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
