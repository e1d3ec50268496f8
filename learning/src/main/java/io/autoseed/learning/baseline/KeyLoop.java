package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A phase of the trained baselines: Adam steps on the shared adapter. */
final class KeyLoop implements PhaseLoop {
  private final KeyTraining training;
  private final int steps;
  private final KeyStep step;
  private final LearnerState state;
  private final KeyAdapter adapter;
  private final UnaryOperator<KeyAdapter> finish;
  private final String lossName;

  /**
   * @param step what a step does
   * @param state what the adapter is added to
   * @param finish what becomes of the trained adapter
   * @param lossName the metric that the mean loss over the training's pool becomes
   */
  KeyLoop(
      KeyTraining training,
      int steps,
      KeyStep step,
      LearnerState state,
      KeyAdapter adapter,
      UnaryOperator<KeyAdapter> finish,
      String lossName) {
    this.training = training;
    this.steps = steps;
    this.step = step;
    this.state = state;
    this.adapter = adapter;
    this.finish = finish;
    this.lossName = lossName;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public void step(int i) {
    step.take(training, i);
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
    TensorBundle learned = finish.apply(adapter.withWeights(training.weights())).bundle();
    return PhaseResult.of(state.with(KeyAdapter.NAME, learned), Map.of(lossName, training.loss()));
  }

  @Override
  public void close() {
    training.close();
  }
}
