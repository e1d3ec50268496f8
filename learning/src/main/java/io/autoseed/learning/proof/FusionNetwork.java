package io.autoseed.learning.proof;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.network.UnitRows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.ScriptModule;

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
  private final NDArray pair;
  private final NDArray fusion;
  private final NDArray prompts;
  private final NDArray texts;
  private final NDArray means;
  private final NDArray numbers;

  /**
   * @param manager owns the arrays that the arguments become
   * @param model its prompts are those of all tasks, a new one's last
   * @param texts t, float32 [C + U, d]; the last U classes have no prototype
   * @param means p, float32 [C, d]
   * @param scale s
   */
  FusionNetwork(
      NDManager manager, ProjectionFusion model, Tensor texts, Tensor means, double scale) {
    this.pair = NdArrays.toArray(manager, model.projections());
    this.fusion = NdArrays.toArray(manager, model.fusion());
    this.prompts = NdArrays.toArray(manager, model.prompts());
    this.texts = NdArrays.toArray(manager, texts);
    this.means = NdArrays.toArray(manager, means);
    this.numbers = manager.create(new double[] {scale, StrictMath.sqrt(texts.size(1))});
  }

  /**
   * (Gradient in {@code vector}, loss in nats) of the sum of the three matchings' mean
   * cross-entropies over the classes, each of which has a prototype: of the vector's shape, and a
   * single number.
   *
   * @param x images z, float32 [b, d]; owns the results
   * @param y columns of the labels, int64 [b]
   * @param vector {@link ProjectionFusion#trained}: its pair adds to the model's projections, the
   *     rest takes the place of the model's attention and last prompts
   */
  NDList gradient(NDArray x, NDArray y, NDArray vector) {
    return Scripts.MODULE.differentiate(
        "gradient", new NDList(x, y, vector, pair, fusion, prompts, texts, means, numbers));
  }

  /** What the scores of all images share, for {@link #scores}; owned as the arguments are. */
  NDList context() {
    NDList shared =
        Scripts.MODULE.call("context", new NDList(pair, fusion, prompts, texts, means, numbers));
    return ScriptModule.list("shared", shared);
  }

  /**
   * The sum of the three matchings; of the last U classes three times the projected matching.
   *
   * @param x images z, float32 [b, d]; owns the result
   * @param context this network's
   * @return float32 [b, C + U]
   */
  NDArray scores(NDArray x, NDList context) {
    NDList inputs = new NDList(x, pair, fusion, numbers);
    inputs.addAll(context);
    return Scripts.MODULE.call("scores", inputs).singletonOrThrow();
  }

  /**
   * With the letters above; numbers are s and sqrt(d).
   *
   * <pre>
   * p         = projections(pair)     A_i [d, d], a_i [d], A_t [d, d], a_t [d]
   * w         = attention(fusion)     W_q, W_k, W_v, W_o [d, d], b_o, scales and shifts of LN [d]
   * shared    = P_t(t) [C + U, d]; q / sqrt(d) of the names and prototypes [2C, d];
   *             k and v of the context [n, d]; W_o O [2C, d] and T + W_o O + b_o [2C, d],
   *             the mean of each row subtracted; log sum exp [2C]
   * fused     = the fused, then the prototype matching of images P_i(z) [b, d]; [b, 2C]
   * matchings = projected [b, C + U], fused [b, C], prototype [b, C], of images z [b, d]
   * </pre>
   */
  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            UnitRows.METHOD,
            """
            def projections(self, pair: Tensor, d: int) -> List[Tensor]:
              p = torch.split_with_sizes(pair, [d * d, d, d * d, d])
              return [torch.view(p[0], [d, d]), p[1], torch.view(p[2], [d, d]), p[3]]
            """,
            """
            def attention(self, fusion: Tensor, d: int) -> List[Tensor]:
              size = d * d
              p = torch.split_with_sizes(fusion, [size, size, size, size, d, d, d])
              return [
                torch.view(p[0], [d, d]),
                torch.view(p[1], [d, d]),
                torch.view(p[2], [d, d]),
                torch.view(p[3], [d, d]),
                p[4], p[5], p[6]]
            """,
            """
            def projected(self, x: Tensor, a: Tensor, bias: Tensor) -> Tensor:
              return self.unit(torch.add(x, torch.linear(x, a, bias)))
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
            def shared(self, p: List[Tensor], w: List[Tensor], prompts: Tensor, texts: Tensor, means: Tensor, numbers: Tensor) -> List[Tensor]:
              names = self.projected(texts, p[2], p[3])
              learned = torch.narrow(names, 0, 0, torch.size(means, 0))
              own = torch.cat([learned, self.projected(means, p[0], p[1])], 0)
              context = torch.cat([own, prompts], 0)
              q = torch.div(torch.linear(own, w[0]), float(numbers[1]))
              k = torch.linear(context, w[1])
              v = torch.linear(context, w[2])
              among = torch.matmul(q, torch.t(k))
              out = torch.linear(torch.matmul(torch.softmax(among, 1), v), w[3])
              alone = self.centred(torch.add(torch.add(own, out), w[4]))
              rest = torch.logsumexp(among, [1], False)
              return [names, q, k, v, self.centred(out), alone, rest]
            """,
            """
            def fused(self, x: Tensor, w: List[Tensor], shared: List[Tensor], numbers: Tensor) -> Tensor:
              d = torch.size(x, 1)
              k = shared[2]
              o = shared[4]
              alone = shared[5]
              xq = torch.div(torch.linear(x, w[0]), float(numbers[1]))
              xk = torch.linear(x, w[1])
              xv = torch.linear(x, w[2])
              weights = torch.cat([self.dots(xq, xk), torch.matmul(xq, torch.t(k))], 1)
              shares = torch.split_with_sizes(torch.softmax(weights, 1), [1, torch.size(k, 0)], 1)
              seen = torch.add(torch.mul(shares[0], xv), torch.matmul(shares[1], shared[3]))
              yx = torch.layer_norm(torch.add(x, torch.linear(seen, w[3], w[4])), [d], w[5], w[6], 1e-5)
              h = self.centred(torch.linear(xv, w[3]))
              alpha = torch.sigmoid(torch.sub(torch.matmul(xk, torch.t(shared[1])), shared[6]))
              g = torch.mul(yx, w[5])
              way = torch.sub(self.dots(h, g), torch.matmul(g, torch.t(o)))
              dot = torch.add(torch.matmul(g, torch.t(alone)), torch.mul(alpha, way))
              cross = torch.sub(torch.matmul(h, torch.t(alone)), torch.t(self.dots(alone, o)))
              square = torch.sub(self.dots(h, h), torch.mul(torch.matmul(h, torch.t(o)), 2.))
              square = torch.add(square, torch.t(self.dots(o, o)))
              moved = torch.mul(alpha, torch.add(torch.mul(cross, 2.), torch.mul(alpha, square)))
              variance = torch.div(torch.add(torch.t(self.dots(alone, alone)), moved), float(d))
              length = torch.sqrt(torch.add(torch.clamp(variance, 0.), 1e-5))
              y = torch.add(torch.div(dot, length), torch.matmul(yx, torch.unsqueeze(w[6], 1)))
              return torch.mul(y, float(numbers[0]) / d)
            """,
            """
            def matchings(self, x: Tensor, p: List[Tensor], w: List[Tensor], shared: List[Tensor], numbers: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
              image = self.projected(x, p[0], p[1])
              both = torch.chunk(self.fused(image, w, shared, numbers), 2, 1)
              projected = torch.mul(torch.matmul(image, torch.t(shared[0])), float(numbers[0]))
              return (projected, both[0], both[1])
            """,
            """
            def loss(self, logits: Tensor, y: Tensor) -> Tensor:
              return torch.nll_loss(torch.log_softmax(logits, 1), y)
            """,
            """
            def gradient(self, x: Tensor, y: Tensor, vector: Tensor, pair: Tensor, fusion: Tensor, prompts: Tensor, texts: Tensor, means: Tensor, numbers: Tensor) -> Tuple[Tensor, Tensor]:
              d = torch.size(x, 1)
              v = torch.requires_grad_(torch.detach(vector), True)
              sizes = [torch.size(pair, 0), torch.size(fusion, 0)]
              parts = torch.split_with_sizes(v, [sizes[0], sizes[1], torch.size(v, 0) - sizes[0] - sizes[1]])
              new = torch.view(parts[2], [-1, d])
              kept = torch.narrow(prompts, 0, 0, torch.size(prompts, 0) - torch.size(new, 0))
              p = self.projections(torch.add(pair, parts[0]), d)
              w = self.attention(parts[1], d)
              shared = self.shared(p, w, torch.cat([kept, new], 0), texts, means, numbers)
              a, b, c = self.matchings(x, p, w, shared, numbers)
              total = torch.add(torch.add(self.loss(a, y), self.loss(b, y)), self.loss(c, y))
              g = torch.grad([total], [v])
              return (unchecked_cast(Tensor, g[0]), torch.detach(total))
            """,
            """
            def context(self, pair: Tensor, fusion: Tensor, prompts: Tensor, texts: Tensor, means: Tensor, numbers: Tensor) -> List[Tensor]:
              d = torch.size(texts, 1)
              return self.shared(self.projections(pair, d), self.attention(fusion, d), prompts, texts, means, numbers)
            """,
            """
            def scores(self, x: Tensor, pair: Tensor, fusion: Tensor, numbers: Tensor, shared: List[Tensor]) -> Tensor:
              d = torch.size(x, 1)
              a, b, c = self.matchings(x, self.projections(pair, d), self.attention(fusion, d), shared, numbers)
              seen = torch.size(b, 1)
              p = torch.split_with_sizes(a, [seen, torch.size(a, 1) - seen], 1)
              return torch.cat([torch.add(torch.add(p[0], b), c), torch.mul(p[1], 3.)], 1)
            """);
  }
}
