package io.autoseed.learning.encoder;

import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.ArrayList;
import java.util.List;

/**
 * The convolutions of EfficientNet-Lite0 in the order they run, each with its batch normalisation
 * folded in: {@code w' = w * gamma / sqrt(var + eps)}, {@code b' = beta - mean * gamma / sqrt(var +
 * eps)}, eps = 1e-3.
 *
 * <p>TensorFlow's "same" padding of a strided convolution on an even size has one zero more at the
 * end than at the start. Here a row and a column of zeros are put before such a kernel and the
 * padding becomes symmetric: equal sums without a padded copy of the input.
 */
record EfficientNetWeights(List<Convolution> convolutions) {
  private static final double EPS = 1e-3;

  /** Strides of the blocks' depthwise convolutions. */
  private static final int[] STRIDES = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1};

  /** What happens to a convolution's result. */
  enum Ending {
    RELU6,
    LINEAR,
    /** The input of the block is added. */
    RESIDUAL
  }

  /**
   * @param weight float32 [out, in / groups, k, k]
   * @param bias float32 [out]
   * @param groups 1, or the number of channels of a depthwise convolution
   */
  record Convolution(Tensor weight, Tensor bias, int stride, int groups, Ending ending) {
    /** Rows and columns of zeros on each side of the input. */
    int padding() {
      return (weight.size(2) - 1) / 2;
    }
  }

  static EfficientNetWeights fold(TensorBundle state) {
    List<Convolution> list = new ArrayList<>();
    list.add(folded(state, "_conv_stem", "_bn0", 2, 1, Ending.RELU6));
    for (int i = 0; i < STRIDES.length; i++) {
      String block = "_blocks." + i + ".";
      if (state.has(block + "_expand_conv.weight")) {
        list.add(folded(state, block + "_expand_conv", block + "_bn0", 1, 1, Ending.RELU6));
      }
      int input = list.get(list.size() - 1).weight().size(0);
      list.add(
          folded(
              state, block + "_depthwise_conv", block + "_bn1", STRIDES[i], input, Ending.RELU6));
      Tensor project = state.get(block + "_project_conv.weight");
      boolean residual =
          STRIDES[i] == 1
              && state.has(block + "_expand_conv.weight")
              && state.get(block + "_expand_conv.weight").size(1) == project.size(0);
      Ending ending = residual ? Ending.RESIDUAL : Ending.LINEAR;
      list.add(folded(state, block + "_project_conv", block + "_bn2", 1, 1, ending));
    }
    list.add(folded(state, "_conv_head", "_bn1", 1, 1, Ending.RELU6));
    return new EfficientNetWeights(List.copyOf(list));
  }

  private static Convolution folded(
      TensorBundle state, String conv, String norm, int stride, int groups, Ending ending) {
    Tensor weight = state.get(conv + ".weight");
    float[] w = weight.floats();
    float[] gamma = state.get(norm + ".weight").floats();
    float[] beta = state.get(norm + ".bias").floats();
    float[] mean = state.get(norm + ".running_mean").floats();
    float[] variance = state.get(norm + ".running_var").floats();
    int perChannel = w.length / gamma.length;
    float[] bias = new float[gamma.length];
    for (int c = 0; c < gamma.length; c++) {
      double scale = gamma[c] / StrictMath.sqrt(variance[c] + EPS);
      bias[c] = (float) (beta[c] - mean[c] * scale);
      for (int i = c * perChannel; i < (c + 1) * perChannel; i++) {
        w[i] = (float) (w[i] * scale);
      }
    }
    Tensor folded = Tensor.of(w, weight.shape());
    return new Convolution(
        stride == 1 ? folded : zerosBefore(folded),
        Tensor.of(bias, bias.length),
        stride,
        groups,
        ending);
  }

  /** [out, in, k, k] to [out, in, k + 1, k + 1] with zeros as first row and column. */
  private static Tensor zerosBefore(Tensor weight) {
    int k = weight.size(2);
    int planes = weight.size(0) * weight.size(1);
    float[] from = weight.floats();
    float[] to = new float[planes * (k + 1) * (k + 1)];
    for (int row = 0; row < planes * k; row++) {
      int target = (row / k * (k + 1) + row % k + 1) * (k + 1) + 1;
      System.arraycopy(from, row * k, to, target, k);
    }
    return Tensor.of(to, weight.size(0), weight.size(1), k + 1, k + 1);
  }
}
