package io.autoseed.learning.proof;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.ScriptModule;
import java.util.List;

/**
 * The three matchings of PROOF (arXiv 2305.19270, sections 4.1 to 4.3), of images z with classes c
 * that have a name t_c and a prototype p_c:
 *
 * <pre>
 * P(x) = unit(x + x A' + a)              A, a: the sum of all tasks' projections of images or texts
 * X    = [P_t(t); P_i(p); prompts]       the context, [n, d]
 * Y    = LN(T + W_o att(T) + b_o)        T = [P_i(z); X], one head, keys scaled by 1 / sqrt(d)
 * projected matching  s P_i(z) . P_t(t_c)
 * fused matching      s/d Y_z . Y_t(c)
 * prototype matching  s/d Y_z . Y_p(c)
 * </pre>
 *
 * <p>The attention sees one image at a time. Since n of its n + 1 tokens are the same for all
 * images, it is not computed for each: with O the outputs among the context alone and v the image's
 * value, a token of the context has W_o ((1 - alpha) O + alpha v), alpha = sigmoid(q . k - log sum
 * exp) its attention to the image; so its layer normalisation and its product with Y_z need nothing
 * larger than [images, n], in the place of [images, n, d].
 */
final class FusionNetwork {
  private final NDList fixed;

  /**
   * @param manager owns the arrays that the arguments become
   * @param model its prompts are those of all tasks, a new one's last
   * @param texts t, float32 [C + U, d]; the last U classes have no prototype
   * @param means p, float32 [C, d]
   * @param scale s
   */
  FusionNetwork(
      NDManager manager, ProjectionFusion model, Tensor texts, Tensor means, double scale) {
    double root = StrictMath.sqrt(texts.size(1));
    this.fixed = new NDList();
    for (Tensor tensor :
        List.of(model.projections(), model.fusion(), model.prompts(), texts, means)) {
      fixed.add(NdArrays.toArray(manager, tensor));
    }
    fixed.add(manager.create(new double[] {scale, root}));
  }

  /**
   * (Gradient in {@code vector}, loss) of the sum of the three matchings' mean cross-entropies over
   * the classes, each of which has a prototype.
   *
   * @param x images z, [b, d]; owns the results
   * @param y columns of the labels, int64 [b]
   * @param vector {@link ProjectionFusion#trained}: its pair adds to the model's projections, the
   *     rest takes the place of the model's attention and last prompts
   */
  NDList gradient(NDArray x, NDArray y, NDArray vector) {
    NDList inputs = new NDList(x, y, vector);
    inputs.addAll(fixed);
    return Scripts.MODULE.differentiate("gradient", inputs);
  }

  /**
   * The sum of the three matchings; of the last U classes three times the projected matching.
   *
   * @param x images z, [b, d]; owns the result
   * @return [b, C + U]
   */
  NDArray scores(NDArray x) {
    NDList inputs = new NDList(x);
    inputs.addAll(fixed);
    return Scripts.MODULE.call("scores", inputs).singletonOrThrow();
  }

  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            """
            def projected(self, x: Tensor, a: Tensor, bias: Tensor) -> Tensor:
              d = torch.size(x, 1)
              y = torch.add(x, torch.linear(x, torch.view(a, [d, d]), bias))
              length = torch.sqrt(torch.sum(torch.mul(y, y), [1], True))
              return torch.div(y, torch.clamp(length, 1e-12))
            """,
            """
            def centred(self, x: Tensor) -> Tensor:
              return torch.sub(x, torch.mean(x, [1], True))
            """,
            """
            def dots(self, x: Tensor, y: Tensor) -> Tensor:
              return torch.sum(torch.mul(x, y), [1], True)
            """,
            """
            def fused(self, x: Tensor, own: Tensor, prompts: Tensor, fusion: Tensor, numbers: Tensor) -> Tensor:
              d = torch.size(x, 1)
              n = torch.size(own, 0) + torch.size(prompts, 0)
              root = float(numbers[1])
              s = d * d
              p = torch.split_with_sizes(fusion, [s, s, s, s, d, d, d])
              wq = torch.view(p[0], [d, d])
              wk = torch.view(p[1], [d, d])
              wv = torch.view(p[2], [d, d])
              wo = torch.view(p[3], [d, d])
              context = torch.cat([own, prompts], 0)
              q = torch.div(torch.linear(own, wq), root)
              k = torch.linear(context, wk)
              v = torch.linear(context, wv)
              xq = torch.div(torch.linear(x, wq), root)
              xk = torch.linear(x, wk)
              xv = torch.linear(x, wv)
              weights = torch.cat([self.dots(xq, xk), torch.matmul(xq, torch.t(k))], 1)
              shares = torch.split_with_sizes(torch.softmax(weights, 1), [1, n], 1)
              seen = torch.add(torch.mul(shares[0], xv), torch.matmul(shares[1], v))
              yx = torch.layer_norm(torch.add(x, torch.linear(seen, wo, p[4])), [d], p[5], p[6], 1e-5)
              among = torch.matmul(q, torch.t(k))
              out = torch.linear(torch.matmul(torch.softmax(among, 1), v), wo)
              alone = self.centred(torch.add(torch.add(own, out), p[4]))
              o = self.centred(out)
              h = self.centred(torch.linear(xv, wo))
              rest = torch.logsumexp(among, [1], False)
              alpha = torch.sigmoid(torch.sub(torch.matmul(xk, torch.t(q)), rest))
              g = torch.mul(yx, p[5])
              way = torch.sub(self.dots(h, g), torch.matmul(g, torch.t(o)))
              dot = torch.add(torch.matmul(g, torch.t(alone)), torch.mul(alpha, way))
              cross = torch.sub(torch.matmul(h, torch.t(alone)), torch.t(self.dots(alone, o)))
              square = torch.sub(self.dots(h, h), torch.mul(torch.matmul(h, torch.t(o)), 2.))
              square = torch.add(square, torch.t(self.dots(o, o)))
              moved = torch.mul(alpha, torch.add(torch.mul(cross, 2.), torch.mul(alpha, square)))
              variance = torch.div(torch.add(torch.t(self.dots(alone, alone)), moved), float(d))
              length = torch.sqrt(torch.add(torch.clamp(variance, 0.), 1e-5))
              y = torch.add(torch.div(dot, length), torch.matmul(yx, torch.unsqueeze(p[6], 1)))
              return torch.mul(y, float(numbers[0]) / d)
            """,
            """
            def matchings(self, x: Tensor, pair: Tensor, fusion: Tensor, prompts: Tensor, texts: Tensor, means: Tensor, numbers: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
              d = torch.size(x, 1)
              c = torch.size(means, 0)
              p = torch.split_with_sizes(pair, [d * d, d, d * d, d])
              image = self.projected(x, p[0], p[1])
              names = self.projected(texts, p[2], p[3])
              own = torch.cat([torch.narrow(names, 0, 0, c), self.projected(means, p[0], p[1])], 0)
              both = torch.split_with_sizes(self.fused(image, own, prompts, fusion, numbers), [c, c], 1)
              projected = torch.mul(torch.matmul(image, torch.t(names)), float(numbers[0]))
              return (projected, both[0], both[1])
            """,
            """
            def loss(self, logits: Tensor, y: Tensor) -> Tensor:
              return torch.nll_loss(torch.log_softmax(logits, 1), y)
            """,
            """
            def gradient(self, x: Tensor, y: Tensor, vector: Tensor, pair: Tensor, fusion: Tensor, prompts: Tensor, texts: Tensor, means: Tensor, numbers: Tensor) -> Tuple[Tensor, Tensor]:
              d = torch.size(x, 1)
              w = torch.requires_grad_(torch.detach(vector), True)
              sizes = [torch.size(pair, 0), torch.size(fusion, 0)]
              p = torch.split_with_sizes(w, [sizes[0], sizes[1], torch.size(w, 0) - sizes[0] - sizes[1]])
              new = torch.view(p[2], [-1, d])
              kept = torch.narrow(prompts, 0, 0, torch.size(prompts, 0) - torch.size(new, 0))
              context = torch.cat([kept, new], 0)
              a, b, c = self.matchings(x, torch.add(pair, p[0]), p[1], context, texts, means, numbers)
              total = torch.add(torch.add(self.loss(a, y), self.loss(b, y)), self.loss(c, y))
              g = torch.grad([total], [w])
              return (unchecked_cast(Tensor, g[0]), torch.detach(total))
            """,
            """
            def scores(self, x: Tensor, pair: Tensor, fusion: Tensor, prompts: Tensor, texts: Tensor, means: Tensor, numbers: Tensor) -> Tensor:
              a, b, c = self.matchings(x, pair, fusion, prompts, texts, means, numbers)
              seen = torch.size(means, 0)
              p = torch.split_with_sizes(a, [seen, torch.size(a, 1) - seen], 1)
              return torch.cat([torch.add(torch.add(p[0], b), c), torch.mul(p[1], 3.)], 1)
            """);
  }
}
