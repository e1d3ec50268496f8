package io.autoseed.learning.encoder;

import io.autoseed.learning.encoder.EfficientNetWeights.Convolution;
import io.autoseed.learning.encoder.EfficientNetWeights.Ending;
import java.util.List;
import java.util.Locale;

/**
 * The network as TorchScript, unrolled: one line a convolution. Two forms of equal result:
 *
 * <ul>
 *   <li>fused, for the CPU: oneDNN runs convolution, bias and ReLU6 or addition as one kernel on
 *       weights that method {@code reorder} brought into its own layout once;
 *   <li>plain ATen operators, for any device; on a GPU without cuDNN's autotuning, without TF32 and
 *       with deterministic kernels only.
 * </ul>
 */
final class EfficientNetScript {
  private EfficientNetScript() {}

  /**
   * Method {@code reorder(w: List[Tensor])} gives the weights in oneDNN's layout for batches of
   * that size; {@code features(x, w, b)} maps x float32 [batch, side, side, 3] to [batch, 1280].
   */
  static String fused(List<Convolution> network, int batch, int side) {
    StringBuilder reorder =
        new StringBuilder("def reorder(self, w: List[Tensor]) -> List[Tensor]:\n");
    reorder.append("  r = annotate(List[Tensor], [])\n");
    StringBuilder features = start();
    int size = side;
    for (int i = 0; i < network.size(); i++) {
      Convolution c = network.get(i);
      String geometry = geometry(c);
      int channels = c.weight().size(1) * c.groups();
      reorder.append(
          line(
              "_ = torch.append(r, ops.mkldnn._reorder_convolution_weight(w[%d], %s, %d,"
                  + " [%d, %d, %d, %d]))",
              i, geometry, c.groups(), batch, channels, size, size));
      size = (size + c.stride() - 1) / c.stride();
      features.append(opensBlock(c) ? line("skip = x") : "");
      features.append(fusedLine(c, i, geometry));
    }
    return reorder + "  return r\n\n" + end(features);
  }

  private static String fusedLine(Convolution c, int i, String geometry) {
    return switch (c.ending()) {
      case RELU6 ->
          line(
              "x = ops.mkldnn._convolution_pointwise(x, w[%d], b[%d], %s, %d, \"hardtanh\","
                  + " annotate(List[Optional[number]], [0.0, 6.0]), \"\")",
              i, i, geometry, c.groups());
      case LINEAR ->
          line(
              "x = ops.mkldnn._convolution_pointwise(x, w[%d], b[%d], %s, %d, \"none\","
                  + " annotate(List[Optional[number]], []), \"\")",
              i, i, geometry, c.groups());
      case RESIDUAL ->
          line(
              "x = ops.mkldnn._convolution_pointwise_(skip, x, w[%d], b[%d], %s, %d, \"add\", 1.0,"
                  + " None, annotate(List[Optional[number]], []), None)",
              i, i, geometry, c.groups());
    };
  }

  /** Method {@code features} as in {@link #fused}, with the weights as they are. */
  static String plain(List<Convolution> network) {
    StringBuilder features = start();
    for (int i = 0; i < network.size(); i++) {
      Convolution c = network.get(i);
      features.append(opensBlock(c) ? line("skip = x") : "");
      features.append(
          line(
              "x = torch._convolution(x, w[%d], b[%d], %s, False, [0, 0], %d, False, True, True,"
                  + " False)",
              i, i, strideFirst(c), c.groups()));
      features.append(
          switch (c.ending()) {
            case RELU6 -> line("x = torch.clamp_(x, 0.0, 6.0)");
            case RESIDUAL -> line("x = torch.add_(x, skip)");
            case LINEAR -> "";
          });
    }
    return end(features);
  }

  /** Whether the input of this convolution is what the block's last one adds. */
  private static boolean opensBlock(Convolution c) {
    return c.groups() == 1 && c.ending() == Ending.RELU6;
  }

  private static StringBuilder start() {
    return new StringBuilder(
        """
        def features(self, x: Tensor, w: List[Tensor], b: List[Tensor]) -> Tensor:
          x = torch.permute(x, [0, 3, 1, 2])
          skip = x
        """);
  }

  private static String end(StringBuilder features) {
    return features + "  return torch.mean(x, [2, 3])\n";
  }

  private static String geometry(Convolution c) {
    return String.format(
        Locale.ROOT, "[%1$d, %1$d], [%2$d, %2$d], [1, 1]", c.padding(), c.stride());
  }

  private static String strideFirst(Convolution c) {
    return String.format(
        Locale.ROOT, "[%2$d, %2$d], [%1$d, %1$d], [1, 1]", c.padding(), c.stride());
  }

  private static String line(String format, Object... values) {
    return "  " + String.format(Locale.ROOT, format, values) + "\n";
  }
}
