package io.autoseed.learning.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.autoseed.learning.torch.ScriptModule;

/**
 * The gradients of the losses of {@link MapLoop} in what the map makes of images, z = x + x M,
 * written out. The gradient in M is x' times them.
 */
final class MapLoss {
  /** Logits are this times cosines: {@link KeyAdapter#TEXT_SCALE}. */
  private static final double SCALE = KeyAdapter.TEXT_SCALE;

  private MapLoss() {}

  /**
   * Of the mean cross-entropy of softmax(s z T') against labels smoothed over all classes.
   *
   * @param z [n, d]
   * @param y columns of the labels, int64 [n]
   * @param texts T, [C, d]
   * @param smoothing the share of the label that all classes divide
   * @return [n, d]
   */
  static NDArray task(NDArray z, NDArray y, NDArray texts, double smoothing) {
    NDArray numbers = z.getManager().create(new double[] {SCALE, smoothing});
    return Scripts.MODULE.call("task", new NDList(z, y, texts, numbers)).singletonOrThrow();
  }

  /**
   * Of T^2 times the cross-entropy of softmax(s z V' / T) against the same of what the teacher's
   * map makes of the images, mean over images; with {@code bothWays} plus the same over images
   * instead of texts, mean over texts.
   *
   * @param z [n, d]
   * @param taught the teacher's z of the same images, [n, d]
   * @param texts V, [k, d]
   * @return [n, d]
   */
  static NDArray distilled(
      NDArray z, NDArray taught, NDArray texts, double temperature, boolean bothWays) {
    double[] values = {SCALE, temperature, bothWays ? 1 : 0};
    NDArray numbers = z.getManager().create(values);
    return Scripts.MODULE
        .call("distilled", new NDList(z, taught, texts, numbers))
        .singletonOrThrow();
  }

  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            """
            def task(self, z: Tensor, y: Tensor, texts: Tensor, numbers: Tensor) -> Tensor:
              s = float(numbers[0])
              smoothing = float(numbers[1])
              p = torch.softmax(torch.mul(torch.matmul(z, torch.t(texts)), s), 1)
              share = torch.full_like(p, smoothing / torch.size(p, 1))
              one = torch.zeros_like(p)
              one = torch.scatter(one, 1, torch.unsqueeze(y, 1), 1. - smoothing)
              r = torch.div(torch.sub(torch.sub(p, share), one), torch.size(z, 0))
              return torch.mul(torch.matmul(r, texts), s)
            """,
            """
            def distilled(self, z: Tensor, taught: Tensor, texts: Tensor, numbers: Tensor) -> Tensor:
              s = float(numbers[0])
              t = float(numbers[1])
              v = torch.t(texts)
              own = torch.mul(torch.matmul(z, v), s / t)
              old = torch.mul(torch.matmul(taught, v), s / t)
              r = torch.div(torch.sub(torch.softmax(own, 1), torch.softmax(old, 1)), torch.size(z, 0))
              if float(numbers[2]) > 0:
                c = torch.sub(torch.softmax(own, 0), torch.softmax(old, 0))
                r = torch.add(r, torch.div(c, torch.size(texts, 0)))
              return torch.mul(torch.matmul(r, texts), s * t)
            """);
  }
}
