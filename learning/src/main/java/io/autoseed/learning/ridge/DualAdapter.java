package io.autoseed.learning.ridge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
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
 * RAIL's dual form (arXiv 2406.18868, theorem 2): kernel ridge regression, alpha = (K + lambda
 * I)^-1 Y with K_ij = exp(-gamma |x_i - x_j|^2) over every example of every task. It keeps all
 * features, and K is computed again after each task, so time and memory grow with the examples.
 *
 * <p>State: features float32 [n, d], labels, alpha float64 [n, C].
 *
 * @param gamma of the kernel
 * @param ridge lambda
 */
record DualAdapter(double gamma, double ridge) implements RailAdapter {
  @Override
  public TensorBundle learned(NDManager manager, Optional<TensorBundle> old, PhaseInput input) {
    TrainingSet set = input.trainingSet().orElseThrow();
    Tensor added = Tensor.of(input.classes().numbers(), input.classes().count());
    Tensor labels = Tensor.of(set.labels(), set.count());
    Map<String, Tensor> kept = new TreeMap<>();
    kept.put("class", appended(old, "class", added));
    kept.put("image", appended(old, "image", set.images()));
    kept.put("label", appended(old, "label", labels));
    NDArray x = NdArrays.toArray(manager, kept.get("image")).toType(DataType.FLOAT64, false);
    NDArray unit = manager.eye((int) x.size(0)).toType(DataType.FLOAT64, false);
    NDArray y = OneHot.of(manager, kept.get("label").ints(), kept.get("class").ints());
    NDArray alpha = LinearAlgebra.solvePositive(kernel(x, x).add(unit.mul(ridge)), y);
    kept.put("alpha", NdArrays.toTensor(alpha));
    return TensorBundle.of(kept);
  }

  private static Tensor appended(Optional<TensorBundle> old, String name, Tensor added) {
    return old.map(kept -> Rows.append(kept.get(name), added)).orElse(added);
  }

  @Override
  public Regression regression(TensorBundle kept) {
    return (manager, images) -> {
      NDArray x = NdArrays.toArray(manager, kept.get("image")).toType(DataType.FLOAT64, false);
      NDArray asked = NdArrays.toArray(manager, images).toType(DataType.FLOAT64, false);
      return kernel(asked, x).matMul(NdArrays.toArray(manager, kept.get("alpha")));
    };
  }

  /** exp(-gamma |x_i - y_j|^2), [n, m]. */
  private NDArray kernel(NDArray x, NDArray y) {
    NDArray squares = x.square().sum(new int[] {1}, true);
    NDArray others = y.square().sum(new int[] {1}, true).transpose();
    NDArray distances = x.matMul(y.transpose()).mul(-2).add(squares).add(others);
    return distances.maximum(0).mul(-gamma).exp();
  }
}
