package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.TaskClasses;

/** A strategy that trains one {@link ImageMap} under a {@link Distillation}. */
abstract class MapStrategy extends PhasedStrategy {
  private final Schedule schedule;
  private final Distillation distillation;
  private final Device device;

  MapStrategy(
      String name, int version, Schedule schedule, Distillation distillation, Device device) {
    super(name, version);
    this.schedule = schedule;
    this.distillation = distillation;
    this.device = device;
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    return new MapLoop(input, schedule, distillation, device);
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    TaskClasses all = upcoming.behind(state);
    return ImageMap.of(state, all.texts().size(1)).classifier(all, device);
  }

  @Override
  public boolean scoresUnseen() {
    return true;
  }
}
