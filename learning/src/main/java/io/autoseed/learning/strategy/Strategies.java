package io.autoseed.learning.strategy;

import io.autoseed.learning.autoseed.AutoSeedFactory;
import io.autoseed.learning.baseline.Baselines;
import java.util.List;
import java.util.Optional;

/** Every strategy there is. Adding one means adding its factory to this list. */
public final class Strategies {
  private static final List<StrategyFactory> ALL =
      List.of(
          new AutoSeedFactory(),
          Baselines.CONTINUAL_CLIP,
          Baselines.STREAMING_LDA,
          Baselines.FINE_TUNING,
          Baselines.EXPERIENCE_REPLAY,
          Baselines.JOINT_TRAINING);

  private Strategies() {}

  public static List<StrategyFactory> all() {
    return ALL;
  }

  public static Optional<StrategyFactory> named(String name) {
    return ALL.stream().filter(factory -> factory.name().equals(name)).findFirst();
  }
}
