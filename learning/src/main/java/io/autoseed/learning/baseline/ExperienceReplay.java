package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import java.util.Map;

/**
 * Experience replay (Chaudhry et al. 2019, arXiv 1902.10486): half of each batch from the task,
 * half from k real features a class of the past ({@link ReplayBuffer}); otherwise {@link
 * FineTuning}. k = 4 float16 features a class are the bytes that auto-seed keeps as seeds; k = 5 is
 * the other usual setting. Without steps it is the zero-shot classifier exactly.
 */
final class ExperienceReplay implements Strategy {
  static final String NAME = "er";

  private final Schedule schedule;
  private final int featuresPerClass;
  private final Device device;

  ExperienceReplay(Schedule schedule, int featuresPerClass, Device device) {
    this.schedule = schedule;
    this.featuresPerClass = featuresPerClass;
    this.device = device;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public PhaseLoop open(PhaseInput input) {
    return switch (input.phase()) {
      case REPLAY -> new ClosedForm(() -> PhaseResult.of(input.state(), Map.of()));
      case ADAPT -> adapt(input);
      case SEED_UPDATE -> new ClosedForm(() -> remember(input));
    };
  }

  private PhaseLoop adapt(PhaseInput input) {
    TrainingSet task = input.trainingSet().orElseThrow();
    ReplayBuffer buffer = ReplayBuffer.of(input.state(), task.images().size(1));
    int size = schedule.batchSize();
    return FineTuning.adapt(
        input,
        schedule,
        device,
        buffer.behind(task, device),
        i ->
            buffer.count() == 0
                ? Batches.uniform(input, i, size, task.count())
                : Batches.halves(input, i, size, task.count(), buffer.count()));
  }

  private PhaseResult remember(PhaseInput input) {
    int d = input.classes().texts().size(1);
    ReplayBuffer buffer = ReplayBuffer.of(input.state(), d).with(input, featuresPerClass, device);
    return PhaseResult.of(
        input.state().with(ReplayBuffer.NAME, buffer.bundle()),
        Map.of("buffer-features", (double) buffer.count()));
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    return KeyAdapter.of(state, upcoming).classifier();
  }

  @Override
  public boolean scoresUnseen() {
    return true;
  }
}
