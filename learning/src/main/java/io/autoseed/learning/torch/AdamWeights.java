package io.autoseed.learning.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Weights under Adam (Kingma and Ba 2015; betas 0.9 and 0.999, eps 1e-8, no decay), changed in
 * place, with moments that a snapshot holds.
 */
public final class AdamWeights {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;

  private final NDManager manager;
  private final IntToDoubleFunction learningRates;
  private NDArray values;
  private NDArray moment1;
  private NDArray moment2;

  /**
   * @param start where the weights start, copied; its manager owns all
   * @param learningRates of each step
   */
  public AdamWeights(NDArray start, IntToDoubleFunction learningRates) {
    this.manager = start.getManager();
    this.learningRates = learningRates;
    this.values = start.duplicate();
    this.moment1 = start.zerosLike();
    this.moment2 = start.zerosLike();
  }

  /** The weights as they are now, of the shape they started in. */
  public NDArray values() {
    return values;
  }

  /** Step {@code i}, from 0, against {@code gradient}, on whose manager all else is made. */
  public void step(int i, NDArray gradient) {
    Scripts.MODULE.call("adam", gradient, rate(i, gradient), values, moment1, moment2);
  }

  /** What step {@code i} against {@code gradient} would make of the weights; changes nothing. */
  public NDArray ahead(int i, NDArray gradient) {
    return Scripts.MODULE.call("ahead", gradient, rate(i, gradient), values, moment1, moment2);
  }

  private NDArray rate(int i, NDArray gradient) {
    double correction1 = 1 - StrictMath.pow(BETA_1, i + 1.0);
    double correction2 = 1 - StrictMath.pow(BETA_2, i + 1.0);
    double[] scale = {learningRates.applyAsDouble(i) / correction1, StrictMath.sqrt(correction2)};
    return gradient.getManager().create(scale);
  }

  /**
   * The weights and their moments.
   *
   * @param name of the weights in the bundle
   */
  public TensorBundle snapshot(String name) {
    return TensorBundle.of(
        Map.of(
            name,
            NdArrays.toTensor(values),
            "moment1",
            NdArrays.toTensor(moment1),
            "moment2",
            NdArrays.toTensor(moment2)));
  }

  /** Takes the weights and moments of {@link #snapshot}. */
  public void restore(TensorBundle snapshot, String name) {
    values = replaced(values, snapshot.get(name));
    moment1 = replaced(moment1, snapshot.get("moment1"));
    moment2 = replaced(moment2, snapshot.get("moment2"));
  }

  private NDArray replaced(NDArray old, Tensor values) {
    NDArray array = NdArrays.toArray(manager, values);
    if (!array.getShape().equals(old.getShape())) {
      throw new IllegalArgumentException(
          "a snapshot of shape " + array.getShape() + ", expected " + old.getShape());
    }
    old.close();
    return array;
  }

  /**
   * Both go through the arrays in parts of 2^16 numbers: what the eight operations on a part read
   * and write stays in the processor's cache, where whole networks would be read from memory eight
   * times.
   */
  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            """
            def part(self, g: Tensor, rate: float, root: float, w: Tensor, m: Tensor, v: Tensor) -> Tensor:
              torch.add_(torch.mul_(m, 0.9), g, alpha=0.1)
              torch.addcmul_(torch.mul_(v, 0.999), g, g, value=0.001)
              below = torch.add_(torch.div_(torch.sqrt(v), root), 1e-8)
              torch.addcdiv_(w, m, below, value=-rate)
              return w
            """,
            """
            def adam(self, g: Tensor, scale: Tensor, w: Tensor, m: Tensor, v: Tensor) -> Tensor:
              rate = float(scale[0])
              root = float(scale[1])
              gs = torch.split(torch.reshape(g, [-1]), 65536)
              ws = torch.split(torch.view(w, [-1]), 65536)
              ms = torch.split(torch.view(m, [-1]), 65536)
              vs = torch.split(torch.view(v, [-1]), 65536)
              for i in range(len(gs)):
                self.part(gs[i], rate, root, ws[i], ms[i], vs[i])
              return g
            """,
            """
            def ahead(self, g: Tensor, scale: Tensor, w: Tensor, m: Tensor, v: Tensor) -> Tensor:
              moved = torch.clone(w)
              self.adam(g, scale, moved, torch.clone(m), torch.clone(v))
              return moved
            """);
  }
}
