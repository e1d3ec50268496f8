package io.autoseed.learning.cgil;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.network.ParameterLayout;
import io.autoseed.learning.network.UnitRows;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.ScriptModule;
import java.util.Arrays;
import java.util.Map;

/**
 * The keys of CGIL on embeddings, norm(t_c + o_c + MLP(t_c)), with one offset o_c a class. The MLP
 * is (Linear, batch normalisation, SELU) three times, then Linear, all of width d. Differs from the
 * authors' code in that its statistics are always those of the classes learned (theirs stay the
 * initial ones, mean 0 and variance 1), and in that offsets and last layer start at 0 (theirs at
 * random), so that keys never trained are t_c.
 *
 * @param mlp the network's parameters, float32
 * @param offsets o, float32 [C, d]
 */
record AlignedKeys(Tensor mlp, Tensor offsets) {
  private static final String NAME = "keys";

  /** Those of a state with offsets 0 of the classes that are not there yet. */
  static AlignedKeys of(LearnerState state, TaskClasses all, CounterRandom random) {
    int d = all.texts().size(1);
    if (!state.has(NAME)) {
      float[] start = layout(d).initial(random);
      return new AlignedKeys(
          Tensor.of(start, start.length), Tensor.of(new float[all.count() * d], all.count(), d));
    }
    TensorBundle kept = state.get(NAME);
    float[] offsets = Arrays.copyOf(kept.get("offsets").floats(), all.count() * d);
    return new AlignedKeys(kept.get("mlp"), Tensor.of(offsets, all.count(), d));
  }

  /** Those of a state that has some. */
  static AlignedKeys of(LearnerState state) {
    return new AlignedKeys(state.get(NAME).get("mlp"), state.get(NAME).get("offsets"));
  }

  static boolean in(LearnerState state) {
    return state.has(NAME);
  }

  LearnerState in(LearnerState state, TaskClasses all) {
    return state
        .with(TaskClasses.NAME, all.bundle())
        .with(NAME, TensorBundle.of(Map.of("mlp", mlp, "offsets", offsets)));
  }

  private static ParameterLayout layout(int d) {
    ParameterLayout layout = ParameterLayout.empty();
    for (int i = 0; i < 3; i++) {
      layout = layout.linear(d, d).batchNorm(d);
    }
    return layout.constant(d * d, 0).constant(d, 0);
  }

  /** The network's parameters, then the offsets, as one vector. */
  float[] vector() {
    float[] network = mlp.floats();
    float[] moved = offsets.floats();
    float[] all = Arrays.copyOf(network, network.length + moved.length);
    System.arraycopy(moved, 0, all, network.length, moved.length);
    return all;
  }

  /** These with the parameters of such a vector. */
  AlignedKeys withVector(float[] all) {
    int network = mlp.size(0);
    return new AlignedKeys(
        Tensor.of(Arrays.copyOf(all, network), network),
        Tensor.of(Arrays.copyOfRange(all, network, all.length), offsets.shape()));
  }

  /** The keys, float32 [C, d]. */
  Tensor keys(NDManager manager, Tensor texts) {
    NDArray w = manager.create(vector());
    return NdArrays.toTensor(Scripts.MODULE.call("keys", w, NdArrays.toArray(manager, texts)));
  }

  /**
   * (Gradient, loss) of the mean cross-entropy of softmax(s x . key).
   *
   * @param w {@link #vector}
   * @param x unit rows, [n, d]
   * @param y columns of the labels, int64 [n]
   * @param scale s, a single number
   */
  static NDList gradient(NDArray w, NDArray texts, NDArray x, NDArray y, NDArray scale) {
    return Scripts.MODULE.differentiate("gradient", new NDList(w, texts, x, y, scale));
  }

  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            UnitRows.METHOD,
            """
            def layer(self, x: Tensor, p: List[Tensor], at: int) -> Tensor:
              d = torch.size(x, 1)
              a = torch.linear(x, torch.view(p[at], [d, d]), p[at + 1])
              n = torch.batch_norm(a, p[at + 2], p[at + 3], None, None, True, 0.1, 1e-5, False)
              return torch.selu(n)
            """,
            """
            def keys(self, w: Tensor, t: Tensor) -> Tensor:
              c = torch.size(t, 0)
              d = torch.size(t, 1)
              s = d * d
              p = torch.split_with_sizes(w, [s, d, d, d, s, d, d, d, s, d, d, d, s, d, c * d])
              a = self.layer(self.layer(self.layer(t, p, 0), p, 4), p, 8)
              m = torch.linear(a, torch.view(p[12], [d, d]), p[13])
              k = torch.add(torch.add(t, torch.view(p[14], [c, d])), m)
              return self.unit(k)
            """,
            """
            def gradient(self, w: Tensor, t: Tensor, x: Tensor, y: Tensor, scale: Tensor) -> Tuple[Tensor, Tensor]:
              v = torch.requires_grad_(torch.detach(w), True)
              logits = torch.mul(torch.matmul(x, torch.t(self.keys(v, t))), float(scale))
              loss = torch.nll_loss(torch.log_softmax(logits, 1), y)
              g = torch.grad([loss], [v])
              return (unchecked_cast(Tensor, g[0]), torch.detach(loss))
            """);
  }
}
