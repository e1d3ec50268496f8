package io.autoseed.learning.autoseed;

import ai.djl.Device;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;

/**
 * Auto-Seed VL2. Kept between tasks: {@code seeds}, {@code adapter} (about 6 KiB a class together
 * at d = 512), {@code statistics} (1 MiB once) and {@code generator} (2 KiB).
 */
final class AutoSeed implements Strategy {
  static final String NAME = "auto-seed";

  private final AutoSeedSettings settings;
  private final Device device;

  AutoSeed(AutoSeedSettings settings, Device device) {
    this.settings = settings;
    this.device = device;
  }

  AutoSeedSettings settings() {
    return settings;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public PhaseLoop open(PhaseInput input) {
    return switch (input.phase()) {
      case REPLAY -> new ReplayLoop(settings, input, device);
      case ADAPT -> new AdaptLoop(settings, input, device);
      case SEED_UPDATE -> new SeedUpdateLoop(settings, input, device);
    };
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    return KeyClassifier.open(settings, state, upcoming, device);
  }

  @Override
  public boolean scoresUnseen() {
    return true;
  }

  /** Where beta and the number of looks are, version 3 kept other figures. */
  @Override
  public boolean readsStatesOf(int version) {
    return version >= 4;
  }

  /** Random features and centroids of single images are examples as they are. */
  @Override
  public boolean keepsExamples() {
    return settings.seeds() != AutoSeedSettings.SeedSource.GENERATED;
  }
}
