package io.autoseed.learning.ridge;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.ClosedForm;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.Torch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RAIL (Xu et al. 2024, arXiv 2406.18868): a regression over the classes learned ({@link
 * PrimalAdapter} or {@link DualAdapter}), and its training-free fusion: an image that the zero-shot
 * classifier over all names takes for a class not learned keeps its zero-shot answer; any other
 * gets (1 - beta) zero-shot + beta adapter over the learned ones ({@link RailClassifier}). So no
 * accuracy on a task before it is learned differs from the zero-shot one.
 *
 * <p>State: {@code regression} and the text embeddings of the classes learned, 4 d bytes each.
 */
public final class Rail extends PhasedStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "rail",
          "recursive or kernel ridge regression, fused with zero-shot: trains nothing",
          "Xu et al. 2024, arXiv 2406.18868",
          List.of(
              new Setting.Choice(
                  "form",
                  "dual: a kernel over all examples, all kept; primal: a wide random layer",
                  "dual",
                  List.of("dual", "primal")),
              new Setting.Whole(
                  "width",
                  "primal: M, units of the random layer; the paper has 15000, but 4 M^2 bytes of"
                      + " state have to fit into a worker's memory several times",
                  2000,
                  1,
                  RandomLayer.MOST_WIDTH),
              new Setting.Real("primal-ridge", "primal: lambda", 0.1, 1e-12, 1e12),
              new Setting.Real(
                  "gamma", "dual: of the kernel exp(-gamma |x - y|^2)", 0.1, 1e-6, 1e6),
              new Setting.Real("dual-ridge", "dual: lambda", 0.001, 1e-12, 1e12),
              new Setting.Real("fusion", "beta, the adapter's share", 0.8, 0, 1)),
          Rail::of);

  private static final String REGRESSION = "regression";

  private final RailAdapter adapter;
  private final double fusion;
  private final Device device;

  Rail(RailAdapter adapter, double fusion, Device device) {
    super(FACTORY.name(), 1);
    this.adapter = adapter;
    this.fusion = fusion;
    this.device = device;
  }

  private static Strategy of(Map<String, Object> settings, Device device) {
    RailAdapter adapter =
        settings.get("form").equals("primal")
            ? new PrimalAdapter(
                (Integer) settings.get("width"), (Double) settings.get("primal-ridge"))
            : new DualAdapter((Double) settings.get("gamma"), (Double) settings.get("dual-ridge"));
    return new Rail(adapter, (Double) settings.get("fusion"), device);
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    return ClosedForm.leaving(() -> learned(input));
  }

  private LearnerState learned(PhaseInput input) {
    LearnerState state = input.state();
    Optional<TensorBundle> old =
        state.has(REGRESSION) ? Optional.of(state.get(REGRESSION)) : Optional.empty();
    try (NDManager manager = Torch.newManager(device)) {
      return state
          .with(REGRESSION, adapter.learned(manager, old, input))
          .with(TaskClasses.NAME, input.classes().behind(state).bundle());
    }
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    Optional<Classifier> learned =
        state.has(REGRESSION) ? Optional.of(regression(state.get(REGRESSION))) : Optional.empty();
    return new RailClassifier(upcoming.behind(state), learned, fusion);
  }

  private Classifier regression(TensorBundle kept) {
    return new RegressionClassifier(device, kept.get("class").ints(), adapter.regression(kept));
  }

  @Override
  public boolean scoresUnseen() {
    return true;
  }

  /** The kernel's points are examples. */
  @Override
  public boolean keepsExamples() {
    return adapter instanceof DualAdapter;
  }
}
