package io.autoseed.learning.autoseed;

import ai.djl.Device;
import io.autoseed.learning.autoseed.AutoSeedSettings.SeedSource;
import io.autoseed.learning.autoseed.AutoSeedSettings.Trust;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.tensor.ElementType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes {@code auto-seed} and its ablations. */
public final class AutoSeedFactory implements StrategyFactory {
  private static final Setting.Whole SEEDS_PER_CLASS =
      new Setting.Whole(
          "seeds-per-class",
          "seeds kept a class, on average; twice as many are generated",
          4,
          1,
          64);
  private static final Setting.Flag CONSISTENCY =
      new Setting.Flag(
          "consistency", "tie seeds to real images and to names; false: ablation", true);
  private static final Setting.Flag ZERO_SHOT =
      new Setting.Flag(
          "zero-shot", "score classes to come by the frozen encoders, too; false: ablation", true);
  private static final Setting.Flag META_UPDATE =
      new Setting.Flag(
          "meta-update",
          "train the generator, choose lambda, take a first look; false: ablation",
          true);
  private static final Setting.Flag SEED_COVARIANCE =
      new Setting.Flag(
          "seed-covariance",
          "score each class with a covariance read from its and its neighbours' seeds; false:"
              + " ablation",
          true);
  private static final Setting.Flag LABEL_TRUST =
      new Setting.Flag(
          "label-trust",
          "weigh examples by how far their labels are borne out by the task's others; false:"
              + " ablation",
          true);
  private static final Setting.Flag PRUNING =
      new Setting.Flag("pruning", "merge seeds down to seeds-per-class; false: ablation", true);
  private static final Setting.Choice SEEDS =
      new Setting.Choice(
          "seeds",
          "generated, or a control: random real features, plain k-means centroids",
          "generated",
          List.of("generated", "random", "kmeans"));
  private static final Setting.Whole ADAPTATION_STEPS =
      new Setting.Whole(
          "adaptation-steps",
          "Adam steps on the key offsets; for seed-covariance=false, where 20 are usual",
          0,
          0,
          10_000);
  private static final Setting.Whole GENERATOR_STEPS =
      new Setting.Whole("generator-steps", "Adam steps on the generator", 12, 0, 10_000);

  @Override
  public String name() {
    return AutoSeed.NAME;
  }

  @Override
  public String summary() {
    return "generated seeds of past classes: replayed, adapted to, updated and pruned";
  }

  @Override
  public String source() {
    return "Auto-Seed VL2; the equations are this project's own: docs/auto-seed.md";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        SEEDS_PER_CLASS,
        CONSISTENCY,
        ZERO_SHOT,
        META_UPDATE,
        SEED_COVARIANCE,
        LABEL_TRUST,
        PRUNING,
        SEEDS,
        ADAPTATION_STEPS,
        GENERATOR_STEPS);
  }

  @Override
  public Strategy create(Map<String, Object> settings, Device device) {
    int seedsPerClass = (Integer) value(settings, SEEDS_PER_CLASS);
    String seeds = (String) value(settings, SEEDS);
    return new AutoSeed(
        new AutoSeedSettings(
            seedsPerClass,
            2 * seedsPerClass,
            (Boolean) value(settings, CONSISTENCY),
            (Boolean) value(settings, ZERO_SHOT),
            (Boolean) value(settings, META_UPDATE),
            (Boolean) value(settings, SEED_COVARIANCE),
            (Boolean) value(settings, LABEL_TRUST),
            (Boolean) value(settings, PRUNING),
            SeedSource.valueOf(seeds.toUpperCase(Locale.ROOT)),
            (Integer) value(settings, ADAPTATION_STEPS),
            (Integer) value(settings, GENERATOR_STEPS),
            Trust.ESTIMATED,
            ElementType.F16),
        device);
  }

  private static Object value(Map<String, Object> settings, Setting setting) {
    return setting.check(settings.getOrDefault(setting.name(), setting.defaultValue()));
  }
}
