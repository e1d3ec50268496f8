package io.autoseed.learning.ridge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.LinearAlgebra;
import io.autoseed.learning.torch.NdArrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * RAIL's primal form (arXiv 2406.18868, theorem 1): ridge regression over a {@link RandomLayer},
 * continued by Woodbury's identity, R' = R - R H' (I + H R H')^-1 H R with R = (H'H + lambda I)^-1
 * over all tasks, W' = W + R' H' (Y - H W). Equal to the regression on all tasks' data at once.
 *
 * <p>State: R packed, float64 [M (M + 1) / 2]; W', float64 [C, M].
 *
 * @param width M
 * @param ridge lambda
 */
record PrimalAdapter(int width, double ridge) implements RailAdapter {
  @Override
  public TensorBundle learned(NDManager manager, Optional<TensorBundle> old, PhaseInput input) {
    TrainingSet set = input.trainingSet().orElseThrow();
    RandomLayer layer = RandomLayer.of(input, width);
    NDArray h = layer.features(manager, set.images());
    Tensor added = Tensor.of(input.classes().numbers(), input.classes().count());
    Tensor classes = old.map(kept -> Rows.append(kept.get("class"), added)).orElse(added);
    NDArray r =
        old.map(kept -> SymmetricMatrix.square(manager, kept.get("inverse")))
            .orElseGet(() -> identity(manager, width).div(ridge));
    NDArray none = manager.zeros(new Shape(added.size(0), width), DataType.FLOAT64);
    NDArray w =
        old.map(kept -> NdArrays.toArray(manager, kept.get("weights")).concat(none, 0))
            .orElse(none);
    NDArray hr = h.matMul(r);
    NDArray inner = identity(manager, set.count()).add(hr.matMul(h.transpose()));
    NDArray next = r.sub(hr.transpose().matMul(LinearAlgebra.solvePositive(inner, hr)));
    NDArray error = OneHot.of(manager, set.labels(), classes.ints()).sub(h.matMul(w.transpose()));
    NDArray change = error.transpose().matMul(h).matMul(next);
    Map<String, Tensor> kept = new TreeMap<>(layer.tensors());
    kept.put("class", classes);
    kept.put("inverse", SymmetricMatrix.packed(next));
    kept.put("weights", NdArrays.toTensor(w.add(change)));
    return TensorBundle.of(kept);
  }

  @Override
  public Regression regression(TensorBundle kept) {
    return new RandomLayerRegression(RandomLayer.of(kept)::weights, kept.get("weights"));
  }

  private static NDArray identity(NDManager manager, int n) {
    return manager.eye(n).toType(DataType.FLOAT64, false);
  }
}
