package io.autoseed.learning.ridge;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.ClosedForm;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.LinearAlgebra;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * RanPAC (McDonnell et al. 2023, arXiv 2307.02251, eqs. 4 to 7) on frozen embeddings, without its
 * tuning of the trunk in the first task: H = ReLU(z W) of {@link RandomLayer}, G += H'H, Q += H'Y,
 * keys (G + lambda I)^-1 Q. G and Q are sums over examples, so for a given lambda the keys do not
 * depend on the order of the tasks. lambda is chosen on the newest task ({@link RidgeChoice}) or
 * given. Unseen classes cannot be scored.
 *
 * <p>State: G packed, float64 [M (M + 1) / 2]; Q' and the keys, float64 [C, M]; lambda.
 */
public final class RanPac extends PhasedStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "ranpac",
          "ridge regression on a wide random layer, exact over tasks: trains nothing",
          "McDonnell et al. 2023, arXiv 2307.02251",
          List.of(
              new Setting.Whole(
                  "width",
                  "M, units of the random layer; the paper has 10000, but 4 M^2 bytes of state have"
                      + " to fit into a worker's memory several times",
                  2000,
                  1,
                  RandomLayer.MOST_WIDTH),
              new Setting.Real(
                  "ridge", "lambda; 0: chosen on a fifth of the newest task", 0.0, 0, 1e12)),
          (settings, device) ->
              new RanPac((Integer) settings.get("width"), (Double) settings.get("ridge"), device));

  static final String NAME = "regression";

  private final int width;
  private final double ridge;
  private final Device device;

  RanPac(int width, double ridge, Device device) {
    super(FACTORY.name(), 1);
    this.width = width;
    this.ridge = ridge;
    this.device = device;
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    return new ClosedForm(() -> learned(input));
  }

  private PhaseResult learned(PhaseInput input) {
    TrainingSet set = shuffled(input);
    RandomLayer layer = RandomLayer.of(input, width);
    try (NDManager manager = Torch.newManager(device)) {
      NDArray h = layer.features(manager, set.images());
      NDArray y = OneHot.of(manager, set.labels(), input.classes().numbers());
      NDArray g = h.transpose().matMul(h);
      TensorBundle classes =
          TensorBundle.of(
              Map.of(
                  "class", Tensor.of(input.classes().numbers(), input.classes().count()),
                  "q", NdArrays.toTensor(y.transpose().matMul(h))));
      LearnerState state = input.state();
      if (state.has(NAME)) {
        TensorBundle old = state.get(NAME);
        g = SymmetricMatrix.square(manager, old.get("gram")).add(g);
        classes =
            Rows.append(
                TensorBundle.of(Map.of("class", old.get("class"), "q", old.get("q"))), classes);
      }
      double lambda = ridge > 0 ? ridge : RidgeChoice.of(h, y);
      Map<String, Tensor> kept = new TreeMap<>(classes.tensors());
      kept.putAll(layer.tensors());
      kept.put("gram", SymmetricMatrix.packed(g));
      kept.put("ridge", Tensor.of(new double[] {lambda}, 1));
      kept.put("keys", keys(manager, g, classes.get("q"), lambda));
      return PhaseResult.of(state.with(NAME, TensorBundle.of(kept)), Map.of("ridge", lambda));
    }
  }

  /** The task's examples in random order, so that the last fifth is a fair sample. */
  private static TrainingSet shuffled(PhaseInput input) {
    TrainingSet set = input.trainingSet().orElseThrow();
    int[] order = input.random("held-out", 0).permutation(set.count());
    int[] labels = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      labels[i] = set.labels()[order[i]];
    }
    return new TrainingSet(Rows.select(set.images(), order), labels);
  }

  /** Rows (G + lambda I)^-1 q_c, float64 [C, M]. */
  private static Tensor keys(NDManager manager, NDArray g, Tensor q, double lambda) {
    NDArray unit = manager.eye((int) g.size(0)).toType(DataType.FLOAT64, false);
    NDArray regular = g.add(unit.mul(lambda));
    NDArray right = NdArrays.toArray(manager, q).transpose();
    return NdArrays.toTensor(LinearAlgebra.solvePositive(regular, right).transpose());
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    refuse(upcoming);
    TensorBundle kept = state.get(NAME);
    return new RegressionClassifier(
        device,
        kept.get("class").ints(),
        new RandomLayerRegression(RandomLayer.of(kept)::weights, kept.get("keys")));
  }

  @Override
  public boolean scoresUnseen() {
    return false;
  }
}
