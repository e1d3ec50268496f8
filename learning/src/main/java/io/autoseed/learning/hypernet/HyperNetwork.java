package io.autoseed.learning.hypernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.autoseed.learning.network.ParameterLayout;
import io.autoseed.learning.torch.ScriptModule;

/**
 * h(e, t_c): what is added to the zero-shot key of a class, [d] and a bias, from the embedding e of
 * its task. A chunk of a task's weights is one class's; the chunk's embedding is the class's text
 * embedding. One hidden layer of {@value #HIDDEN} units, LeakyReLU 0.2. The last layer starts at 0,
 * so that a network never trained leaves the zero-shot keys as they are.
 *
 * @param d width of the embeddings
 */
record HyperNetwork(int d) {
  /** Numbers in a task's embedding. */
  static final int CODE = 32;

  static final int HIDDEN = 256;

  /** phi. */
  ParameterLayout layout() {
    return ParameterLayout.empty()
        .linear(CODE + d, HIDDEN)
        .constant((d + 1) * HIDDEN, 0)
        .constant(d + 1, 0);
  }

  /**
   * What is added to the keys, [C, d + 1].
   *
   * @param codes the embedding of each class's task, [C, CODE]
   * @param texts [C, d]
   */
  NDArray added(NDArray phi, NDArray codes, NDArray texts) {
    return Scripts.MODULE.call("added", phi, codes, texts);
  }

  /**
   * The gradient, in [phi, e] as one vector, of the mean cross-entropy of a task's examples over
   * its classes.
   *
   * @param weights [phi, e]
   * @param texts of the task's classes, [C, d]
   * @param x images, [n, d]
   * @param y columns of the labels, int64 [n]
   * @param scale of the zero-shot keys, a single number
   */
  NDArray taskGradient(NDArray weights, NDArray texts, NDArray x, NDArray y, NDArray scale) {
    return Scripts.MODULE
        .differentiate("task", new NDList(weights, texts, x, y, scale))
        .singletonOrThrow();
  }

  /**
   * The gradient, in [phi, e], of factor sum |h(e_t', t_c; phi) - kept|^2.
   *
   * @param weights [phi, e] where the gradient is taken
   * @param codes of the tasks before, a row a class, [C, CODE]
   * @param texts of their classes, [C, d]
   * @param kept what the network made of them before the task, [C, d + 1]
   * @param factor a single number
   */
  NDArray pullGradient(
      NDArray weights, NDArray codes, NDArray texts, NDArray kept, NDArray factor) {
    return Scripts.MODULE
        .differentiate("pull", new NDList(weights, codes, texts, kept, factor))
        .singletonOrThrow();
  }

  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            sized(
                """
            def added(self, phi: Tensor, codes: Tensor, texts: Tensor) -> Tensor:
              x = torch.cat([codes, texts], 1)
              n = torch.size(x, 1)
              d = torch.size(texts, 1)
              p = torch.split_with_sizes(phi, [HIDDEN * n, HIDDEN, (d + 1) * HIDDEN, d + 1])
              a = torch.leaky_relu(torch.linear(x, torch.view(p[0], [HIDDEN, n]), p[1]), 0.2)
              return torch.linear(a, torch.view(p[2], [d + 1, HIDDEN]), p[3])
            """),
            sized(
                """
            def task(self, weights: Tensor, texts: Tensor, x: Tensor, y: Tensor, scale: Tensor) -> Tensor:
              v = torch.requires_grad_(torch.detach(weights), True)
              p = torch.split_with_sizes(v, [torch.size(v, 0) - CODE, CODE])
              c = torch.size(texts, 0)
              d = torch.size(texts, 1)
              added = self.added(p[0], torch.expand(torch.unsqueeze(p[1], 0), [c, CODE]), texts)
              both = torch.split_with_sizes(added, [d, 1], 1)
              keys = torch.add(torch.mul(texts, float(scale)), both[0])
              logits = torch.add(torch.matmul(x, torch.t(keys)), torch.t(both[1]))
              g = torch.grad([torch.nll_loss(torch.log_softmax(logits, 1), y)], [v])
              return unchecked_cast(Tensor, g[0])
            """),
            sized(
                """
            def pull(self, weights: Tensor, codes: Tensor, texts: Tensor, kept: Tensor, factor: Tensor) -> Tensor:
              v = torch.requires_grad_(torch.detach(weights), True)
              p = torch.split_with_sizes(v, [torch.size(v, 0) - CODE, CODE])
              miss = torch.sub(self.added(p[0], codes, texts), kept)
              g = torch.grad([torch.mul(torch.sum(torch.mul(miss, miss)), float(factor))], [v])
              return unchecked_cast(Tensor, g[0])
            """));

    private static String sized(String script) {
      return script
          .replace("HIDDEN", Integer.toString(HIDDEN))
          .replace("CODE", Integer.toString(CODE));
    }
  }
}
