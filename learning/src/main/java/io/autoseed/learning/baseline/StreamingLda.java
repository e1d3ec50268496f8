package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.lda.ClassMeans;
import io.autoseed.learning.lda.LinearDiscriminant;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.ClosedForm;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.torch.Torch;
import java.util.List;

/**
 * Streaming linear discriminant analysis (Hayes and Kanan 2020, arXiv 1909.01520): class means and
 * one covariance within classes, both exact sums over the tasks, so the result does not depend on
 * how classes are cut into tasks (but for the float32 rounding of the sum). Cov = (1 - lambda) S/n
 * + lambda tr(S/n)/d I; n sums max(N - classes, 1) over tasks. Unseen classes cannot be scored.
 *
 * <p>State: means float32 [C, d], S packed, n.
 */
public final class StreamingLda extends PhasedStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "slda",
          "class means and one shared covariance, nearest mean: trains nothing",
          "Hayes and Kanan 2020, arXiv 1909.01520",
          List.of(
              new Setting.Real(
                  "shrinkage", "lambda, the sphere's share of the covariance", 0.05, 1e-6, 1)),
          (settings, device) -> new StreamingLda((Double) settings.get("shrinkage"), device));

  private final double shrinkage;
  private final Device device;

  StreamingLda(double shrinkage, Device device) {
    super(FACTORY.name(), 1);
    this.shrinkage = shrinkage;
    this.device = device;
  }

  @Override
  protected PhaseLoop seedUpdate(PhaseInput input) {
    return ClosedForm.leaving(() -> learned(input));
  }

  private LearnerState learned(PhaseInput input) {
    TrainingSet set = input.trainingSet().orElseThrow();
    try (NDManager manager = Torch.newManager(device)) {
      ClassMeans task = ClassMeans.of(manager, set, input.classes().numbers());
      Scatter within =
          Statistics.of(input.state(), set.images().size(1)).plus(task.scatter(), task.freedom());
      return KeptMeans.with(input, task.means()).with(Statistics.NAME, Statistics.bundle(within));
    }
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    refuse(upcoming);
    KeptMeans kept = KeptMeans.of(state);
    Scatter within = Statistics.of(state, kept.means().size(1));
    return LinearDiscriminant.classifier(device, kept.classes(), kept.means(), within, shrinkage);
  }

  @Override
  public boolean scoresUnseen() {
    return false;
  }
}
