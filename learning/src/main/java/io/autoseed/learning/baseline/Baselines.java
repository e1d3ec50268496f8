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
