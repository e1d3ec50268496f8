package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.lda.ClassMeans;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.torch.Torch;
import java.util.function.UnaryOperator;

/**
 * Replay of Gaussians, the classifier alignment of SLCA (Zhang et al. 2023, arXiv 2303.05118,
 * section 3.3): {@link FineTuning} on the task, then the keys of all classes are trained on
 * features drawn from N(mean of a class, shared covariance), every class as likely. Differs from
 * the paper in that the covariance is one for all classes and the logits are not normalised. The
 * optimum of the alignment is the linear discriminant of the same means and covariance.
 *
 * <p>State: the adapter, class means float32 [C, d], S packed, n.
 */
public final class GaussianReplay extends KeyStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "gaussian-replay",
          "fine-tuning, then all keys trained on draws from each class's Gaussian",
          "SLCA, Zhang et al. 2023, arXiv 2303.05118",
          Schedule.settings(
              new Setting.Whole(
                  "alignment-steps", "Adam steps on drawn features a task", 300, 0, 100_000_000)),
          (settings, device) ->
              new GaussianReplay(
                  Schedule.of(settings), (Integer) settings.get("alignment-steps"), device));

  private final Schedule alignment;

  GaussianReplay(Schedule schedule, int alignmentSteps, Device device) {
    super(FACTORY.name(), 1, schedule, device);
    this.alignment = schedule.withSteps(alignmentSteps);
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    return trainOnTask(input);
  }

  @Override
  protected PhaseLoop seedUpdate(PhaseInput input) {
    try (NDManager manager = Torch.newManager(device())) {
      TrainingSet set = input.trainingSet().orElseThrow();
      NDArray task = ClassMeans.means(manager, set, input.classes().numbers());
      return align(input, KeptMeans.with(input, task));
    }
  }

  /**
   * @param state with the means of all classes, the task's among them, and their scatter
   */
  private PhaseLoop align(PhaseInput input, LearnerState state) {
    KeptMeans kept = KeptMeans.of(state);
    int d = kept.means().size(1);
    KeyAdapter start = KeyAdapter.of(state);
    KeyTraining training =
        new KeyTraining(
            device(),
            start,
            kept.examples(),
            Statistics.of(state, d),
            alignment.rates(input.task()));
    return new KeyLoop(
        training,
        alignment.steps(),
        (keys, i) -> drawn(keys, i, input, kept.classes().length, d),
        state,
        start,
        UnaryOperator.identity(),
        "loss-at-means");
  }

  /** A step on a batch of draws, every class as likely. */
  private void drawn(KeyTraining keys, int i, PhaseInput input, int classes, int d) {
    CounterRandom random = input.random("gaussians", i);
    long[] batch = new long[alignment.batchSize()];
    for (int row = 0; row < batch.length; row++) {
      batch[row] = random.nextInt(classes);
    }
    keys.stepAround(i, batch, random.gaussians(batch.length * d));
  }
}
