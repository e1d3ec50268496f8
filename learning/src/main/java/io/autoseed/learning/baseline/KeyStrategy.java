package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.lda.ClassMeans;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.torch.Torch;
import java.util.function.UnaryOperator;

/**
 * A strategy that trains the keys all trained baselines share ({@link KeyAdapter}, {@link
 * KeyTraining}). Classes to come enter with their zero-shot keys, so without steps it is the
 * zero-shot classifier exactly.
 */
abstract class KeyStrategy extends PhasedStrategy {
  private final Schedule schedule;
  private final Device device;

  KeyStrategy(String name, int version, Schedule schedule, Device device) {
    super(name, version);
    this.schedule = schedule;
    this.device = device;
  }

  final Schedule schedule() {
    return schedule;
  }

  final Device device() {
    return device;
  }

  /** ADAPT on the task's examples alone. */
  final PhaseLoop trainOnTask(PhaseInput input) {
    return trainOnTask(input, UnaryOperator.identity());
  }

  /**
   * ADAPT on the task's examples alone.
   *
   * @param finish what becomes of the trained adapter
   */
  final PhaseLoop trainOnTask(PhaseInput input, UnaryOperator<KeyAdapter> finish) {
    TrainingSet set = input.trainingSet().orElseThrow();
    int size = schedule.batchSize();
    return train(
        input,
        set,
        (training, i) -> training.step(i, Batches.uniform(input, i, size, set.count())),
        finish);
  }

  /**
   * ADAPT on {@code pool}, whose labels are among the classes seen and the task's.
   *
   * @param step what a step does with batches of the pool
   * @param finish what becomes of the trained adapter
   */
  final PhaseLoop train(
      PhaseInput input, TrainingSet pool, KeyStep step, UnaryOperator<KeyAdapter> finish) {
    Scatter within = withTask(input);
    KeyAdapter adapter = KeyAdapter.of(input.state(), input.classes());
    KeyTraining training =
        new KeyTraining(device, adapter, pool, within, schedule.rates(input.task()));
    LearnerState state = input.state().with(Statistics.NAME, Statistics.bundle(within));
    return new KeyLoop(training, schedule.steps(), step, state, adapter, finish, "training-loss");
  }

  private Scatter withTask(PhaseInput input) {
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
