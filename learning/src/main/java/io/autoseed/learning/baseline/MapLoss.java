package io.autoseed.learning.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.autoseed.learning.torch.ScriptModule;

/** The gradients in M of the losses of {@link MapLoop}, written out. */
final class MapLoss {
  /** Logits are this times cosines: {@link KeyAdapter#TEXT_SCALE}. */
  private static final double SCALE = KeyAdapter.TEXT_SCALE;

  private MapLoss() {}

  /**
   * Of the mean cross-entropy of softmax(s (x + x M) T') against labels smoothed over all classes.
   *
   * @param x [n, d]
   * @param y columns of the labels, int64 [n]
   * @param texts T, [C, d]
   * @param smoothing the share of the label that all classes divide
   */
  static NDArray task(NDArray x, NDArray y, NDArray m, NDArray texts, double smoothing) {
    NDArray numbers = x.getManager().create(new double[] {SCALE, smoothing});
    return Scripts.MODULE.call("task", new NDList(x, y, m, texts, numbers)).singletonOrThrow();
  }

  /**
   * Of T^2 times the cross-entropy of softmax(s (x + x M) V' / T) against the same with the
   * teacher's M, mean over images; with {@code bothWays} plus the same over images instead of
   * texts, mean over texts.
   *
   * @param x [n, d]
   * @param texts V, [k, d]
   */
  static NDArray distilled(
      NDArray x, NDArray m, NDArray teacher, NDArray texts, double temperature, boolean bothWays) {
    double[] values = {SCALE, temperature, bothWays ? 1 : 0};
    NDArray numbers = x.getManager().create(values);
    return Scripts.MODULE
        .call("distilled", new NDList(x, m, teacher, texts, numbers))
        .singletonOrThrow();
  }

  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            """
            def task(self, x: Tensor, y: Tensor, m: Tensor, texts: Tensor, numbers: Tensor) -> Tensor:
              s = float(numbers[0])
              smoothing = float(numbers[1])
              z = torch.add(x, torch.matmul(x, m))
              p = torch.softmax(torch.mul(torch.matmul(z, torch.t(texts)), s), 1)
              share = torch.full_like(p, smoothing / torch.size(p, 1))
              one = torch.zeros_like(p)
              one = torch.scatter(one, 1, torch.unsqueeze(y, 1), 1. - smoothing)
              r = torch.div(torch.sub(torch.sub(p, share), one), torch.size(x, 0))
              return torch.mul(torch.matmul(torch.t(x), torch.matmul(r, texts)), s)
            """,
            """
            def distilled(self, x: Tensor, m: Tensor, teacher: Tensor, texts: Tensor, numbers: Tensor) -> Tensor:
              s = float(numbers[0])
              t = float(numbers[1])
              v = torch.t(texts)
              own = torch.mul(torch.matmul(torch.add(x, torch.matmul(x, m)), v), s / t)
              old = torch.mul(torch.matmul(torch.add(x, torch.matmul(x, teacher)), v), s / t)
              r = torch.div(torch.sub(torch.softmax(own, 1), torch.softmax(old, 1)), torch.size(x, 0))
              if float(numbers[2]) > 0:
                c = torch.sub(torch.softmax(own, 0), torch.softmax(old, 0))
                r = torch.add(r, torch.div(c, torch.size(texts, 0)))
              return torch.mul(torch.matmul(torch.t(x), torch.matmul(r, texts)), s * t)
            """);
  }
}
