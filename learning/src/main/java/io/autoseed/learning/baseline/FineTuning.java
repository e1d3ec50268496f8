package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.lda.ClassMeans;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.torch.Torch;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Fine-tuning, the lower bound: cross-entropy over all classes seen, on the task's examples alone,
 * with the adapter that all trained baselines share ({@link KeyAdapter}, {@link KeyTraining}). The
 * whitening is that of all tasks so far. Without steps it is the zero-shot classifier exactly.
 *
 * <p>Source: the usual lower bound, for example of ZSCL, arXiv 2303.06628 ("Continual-FT").
 */
final class FineTuning implements Strategy {
  static final String NAME = "finetune";

  private final Schedule schedule;
  private final Device device;

  FineTuning(Schedule schedule, Device device) {
    this.schedule = schedule;
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
    if (input.phase() != LearningPhase.ADAPT) {
      return new ClosedForm(() -> PhaseResult.of(input.state(), Map.of()));
    }
    TrainingSet set = input.trainingSet().orElseThrow();
    return adapt(
        input,
        schedule,
        device,
        set,
        i -> Batches.uniform(input, i, schedule.batchSize(), set.count()));
  }

  /** ADAPT on {@code pool}, whose first rows are the task's training set. */
  static PhaseLoop adapt(
      PhaseInput input,
      Schedule schedule,
      Device device,
      TrainingSet pool,
      IntFunction<long[]> batches) {
    Scatter within = withTask(input, device);
    KeyAdapter adapter = KeyAdapter.of(input.state(), input.classes());
    KeyTraining training = new KeyTraining(device, adapter, pool, within, schedule.learningRate());
    LearnerState state = input.state().with(Statistics.NAME, Statistics.bundle(within));
    return new AdaptLoop(training, schedule.steps(), batches, state, adapter);
  }

  private static Scatter withTask(PhaseInput input, Device device) {
    TrainingSet set = input.trainingSet().orElseThrow();
    try (NDManager manager = Torch.newManager(device)) {
      ClassMeans task = ClassMeans.of(manager, set, input.classes().numbers());
      return Statistics.of(input.state(), set.images().size(1))
          .plus(task.scatter(), task.freedom());
    }
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
