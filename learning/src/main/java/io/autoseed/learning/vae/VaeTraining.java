package io.autoseed.learning.vae;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.AdamWeights;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.function.IntToDoubleFunction;

/**
 * Adam on the loss of a {@link VaeShape} (Kingma and Welling, arXiv 1312.6114, eq. 10): sum (x -
 * x')^2 / 2, the negative log-likelihood of unit variance without its constant, plus the divergence
 * of the code from N(0, 1), a row, on standardised rows. The code's standard deviation is exp(s /
 * 2); CGIL's own code has exp(s) beside the divergence of exp(s / 2).
 */
public final class VaeTraining implements AutoCloseable {
  private final VaeShape shape;
  private final NDManager manager;
  private final NDArray x;
  private final NDArray widths;
  private final AdamWeights weights;

  /**
   * @param start the parameters of {@link VaeShape#layout}
   * @param rows what is learned, float32 [n, d]
   * @param learningRates of each step
   */
  public VaeTraining(
      Device device,
      VaeShape shape,
      float[] start,
      Tensor rows,
      Standardisation standard,
      IntToDoubleFunction learningRates) {
    this.shape = shape;
    this.manager = Torch.newManager(device);
    this.x = standard.forth(manager, rows);
    this.widths = manager.create(new long[] {shape.hidden(), shape.d()});
    this.weights = new AdamWeights(manager.create(start), learningRates);
  }

  /**
   * Step {@code i}, from 0.
   *
   * @param batch row numbers, at least two: one alone has no variance to normalise by
   * @param noise draws from N(0, 1), [batch.length latent]
   * @return the loss before the step
   */
  public double step(int i, long[] batch, float[] noise) {
    try (NDManager step = manager.newSubManager()) {
      NDArray rows = x.get(step.create(batch));
      rows.attach(step);
      NDArray drawn = step.create(noise, new Shape(batch.length, shape.latent()));
      NDList result =
          VaeScripts.MODULE.differentiate(
              "gradient", new NDList(weights.values(), rows, drawn, widths));
      result.attach(step);
      weights.step(i, result.get(0));
      return result.get(1).getFloat();
    }
  }

  public TensorBundle snapshot() {
    return weights.snapshot("weights");
  }

  public void restore(TensorBundle snapshot) {
    weights.restore(snapshot, "weights");
  }

  /** The parameters of {@link VaeShape#layout} after the steps so far, float32. */
  public Tensor weights() {
    return NdArrays.toTensor(weights.values());
  }

  /** The decoder's parameters alone, float32. */
  public Tensor decoder() {
    return shape.decoderOf(weights.values().toFloatArray());
  }

  @Override
  public void close() {
    manager.close();
  }
}
