package io.autoseed.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.LinearAlgebra;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;

/**
 * The built-in model's joint space from given classifier rows and text embeddings, in float64: P
 * are the leading right singular vectors of Wn = norm(W - mean), e = norm(P' norm(x - c0)), w =
 * norm((t - mean(T_in)) M0) with M0 = (B'B + I)^-1 B' norm(Wn P).
 */
final class ClosedFormSpace implements JointSpace {
  private static final int WIDTH = 512;

  private final Tensor p;
  private final Tensor textMean;
  private final Tensor m0;

  /**
   * @param classifier W, float32 [1000, image width]
   * @param texts T_in, float32 [1000, text width]
   */
  ClosedFormSpace(Tensor classifier, Tensor texts) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray w = wide(manager, classifier);
      NDArray wn = unit(w.sub(w.mean(new int[] {0}, true)));
      LinearAlgebra.Eigen eigen = LinearAlgebra.eigh(wn.transpose().matMul(wn));
      NDArray leading = eigen.vectors().get(":, -" + WIDTH + ":").flip(1);
      NDArray t = wide(manager, texts);
      NDArray mean = t.mean(new int[] {0}, true);
      NDArray b = unit(t.sub(mean));
      NDArray ridge = b.transpose().matMul(b).add(wideEye(manager, (int) b.size(1)));
      NDArray target = b.transpose().matMul(unit(wn.matMul(leading)));
      p = NdArrays.toTensor(leading);
      textMean = NdArrays.toTensor(mean);
      m0 = NdArrays.toTensor(LinearAlgebra.solve(ridge, target));
    }
  }

  private static NDArray wideEye(NDManager manager, int size) {
    return manager.eye(size).toType(DataType.FLOAT64, false);
  }

  private static NDArray wide(NDManager manager, Tensor tensor) {
    return NdArrays.toArray(manager, tensor).toType(DataType.FLOAT64, false);
  }

  private static NDArray unit(NDArray x) {
    return x.div(x.square().sum(new int[] {1}, true).sqrt().maximum(1e-12));
  }

  private static Tensor narrow(NDArray x) {
    return NdArrays.toTensor(x.toType(DataType.FLOAT32, false));
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public String digest() {
    return "bench";
  }

  @Override
  public Tensor centre(Tensor firstTaskTrain) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      return narrow(wide(manager, firstTaskTrain).mean(new int[] {0}));
    }
  }

  @Override
  public Tensor images(Tensor raw, Tensor centre) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray x = unit(wide(manager, raw).sub(wide(manager, centre)));
      return narrow(unit(x.matMul(wide(manager, p))));
    }
  }

  @Override
  public Tensor texts(Tensor raw) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray b = unit(wide(manager, raw).sub(wide(manager, textMean)));
      return narrow(unit(b.matMul(wide(manager, m0))));
    }
  }
}
