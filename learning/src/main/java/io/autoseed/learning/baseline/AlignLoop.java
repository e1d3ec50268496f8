package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;

/** SEED_UPDATE of {@link GaussianReplay}: Adam steps on features drawn from the classes kept. */
final class AlignLoop implements PhaseLoop {
  private final PhaseInput input;
  private final LearnerState state;
  private final Schedule schedule;
  private final int d;
  private final int classes;
  private final KeyAdapter start;
  private final KeyTraining training;

  /**
   * @param state with the means of all classes, the task's among them, and their scatter
   */
  AlignLoop(PhaseInput input, LearnerState state, Schedule schedule, Device device) {
    this.input = input;
    this.state = state;
    this.schedule = schedule;
    KeptMeans kept = KeptMeans.of(state);
    this.d = kept.means().size(1);
    this.classes = kept.classes().length;
    this.start = KeyAdapter.of(state);
    this.training =
        new KeyTraining(
            device, start, kept.examples(), Statistics.of(state, d), schedule.rates(input.task()));
  }

  @Override
  public int steps() {
    return schedule.steps();
  }

  @Override
  public void step(int i) {
    CounterRandom random =
        CounterRandom.of(input.randomSeed(), input.task(), "SEED_UPDATE/gaussians", i);
    long[] batch = new long[schedule.batchSize()];
    for (int row = 0; row < batch.length; row++) {
      batch[row] = random.nextInt(classes);
    }
    training.stepAround(i, batch, random.gaussians(batch.length * d));
  }

  @Override
  public TensorBundle snapshot() {
    return training.snapshot();
  }

  @Override
  public void restore(TensorBundle snapshot) {
    training.restore(snapshot);
  }

  @Override
  public PhaseResult result() {
    TensorBundle aligned = start.withWeights(training.weights()).bundle();
    return PhaseResult.of(
        state.with(KeyAdapter.NAME, aligned), Map.of("loss-at-means", training.loss()));
  }

  @Override
  public void close() {
    training.close();
  }
}
