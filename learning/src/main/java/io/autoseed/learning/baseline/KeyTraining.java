package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.lda.ClassMeans;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Whitening;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.AdamWeights;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.ScriptModule;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Adam ({@link AdamWeights}) on the cross-entropy of keys k_c + delta_c in whitened coordinates:
 * logits (z . (k_c + delta_c)) / T with z = [e A, 1] and T = 4. k_c is the adapter's [theta_c, b_c]
 * seen from there, delta starts at 0 and returns as theta_c += A delta_c / T, so without a step the
 * adapter keeps its bits. The gradient is written out (softmax minus one-hot); a step is two
 * TorchScript calls.
 */
final class KeyTraining implements AutoCloseable {
  /** T. */
  static final double TEMPERATURE = 4;

  /** The sphere's share of the covariance that whitens. */
  static final double SHRINKAGE = 0.05;

  private final NDManager manager;
  private final Tensor weights;
  private final NDArray back;
  private final NDArray z;
  private final NDArray y;
  private final NDArray start;
  private final AdamWeights keys;
  private final IntToDoubleFunction learningRates;

  /**
   * @param pool the examples that batches are drawn from; labels are among the adapter's classes
   * @param within the scatter that whitens
   * @param learningRates of each step
   */
  KeyTraining(
      Device device,
      KeyAdapter adapter,
      TrainingSet pool,
      Scatter within,
      IntToDoubleFunction learningRates) {
    this.manager = Torch.newManager(device);
    this.weights = adapter.weights();
    Whitening whitening = Whitening.of(manager, within, SHRINKAGE);
    this.back = extended(whitening.a()).div(TEMPERATURE).toType(DataType.FLOAT32, false);
    NDArray forth = extended(whitening.inverse()).mul(TEMPERATURE);
    this.start =
        NdArrays.toArray(manager, weights)
            .toType(DataType.FLOAT64, false)
            .matMul(forth)
            .toType(DataType.FLOAT32, false);
    NDArray e = NdArrays.toArray(manager, pool.images());
    NDArray one = manager.ones(new Shape(pool.count(), 1));
    this.z = e.concat(one, 1).matMul(back);
    this.y = manager.create(ClassMeans.columns(pool.labels(), adapter.classes()));
    this.keys = new AdamWeights(start, learningRates);
    this.learningRates = learningRates;
  }

  /** blockdiag(a, 1), float64 [d + 1, d + 1]. */
  private NDArray extended(NDArray a) {
    long d = a.size(0);
    NDArray column = manager.zeros(new Shape(d, 1), DataType.FLOAT64);
    NDArray row = manager.zeros(new Shape(1, d), DataType.FLOAT64);
    NDArray one = manager.ones(new Shape(1, 1), DataType.FLOAT64);
    return a.concat(column, 1).concat(row.concat(one, 1), 0);
  }

  /**
   * Step {@code i}, from 0.
   *
   * @param batch row numbers in the pool
   */
  void step(int i, long[] batch) {
    try (NDManager step = manager.newSubManager()) {
      NDArray rows = step.create(batch);
      keys.step(i, Scripts.MODULE.call("gradient", rows, keys.values(), z, y));
    }
  }

  /**
   * Step {@code i} on draws from N(e, Cov) around rows e of the pool, Cov the covariance that
   * whitens: there it is the unit sphere.
   *
   * @param batch row numbers in the pool
   * @param noise draws from N(0, 1), [batch.length d]
   */
  void stepAround(int i, long[] batch, float[] noise) {
    int d = weights.size(1) - 1;
    float[] moves = new float[batch.length * (d + 1)];
    for (int row = 0; row < batch.length; row++) {
      for (int k = 0; k < d; k++) {
        moves[row * (d + 1) + k] = (float) (noise[row * d + k] / TEMPERATURE);
      }
    }
    try (NDManager step = manager.newSubManager()) {
      NDArray added = step.create(moves, new Shape(batch.length, d + 1L));
      NDList around = Scripts.MODULE.call("around", new NDList(step.create(batch), added, z, y));
      NDArray all = step.create(LongStream.range(0, batch.length).toArray());
      NDArray g = Scripts.MODULE.call("gradient", all, keys.values(), around.get(0), around.get(1));
      keys.step(i, g);
    }
  }

  /**
   * Step {@code i} of A-GEM (Chaudhry et al. 2019, arXiv 1812.00420, eq. 11): along the gradient g
   * of one batch, without its part against the gradient r of another one, g - (g . r / r . r) r,
   * where g . r is negative.
   *
   * @param batch row numbers of the task's examples
   * @param replayed row numbers of the examples of the past
   */
  void stepProjected(int i, long[] batch, long[] replayed) {
    try (NDManager step = manager.newSubManager()) {
      NDArray g = Scripts.MODULE.call("gradient", step.create(batch), keys.values(), z, y);
      NDArray r = Scripts.MODULE.call("gradient", step.create(replayed), keys.values(), z, y);
      keys.step(i, Scripts.MODULE.call("projected", g, r));
    }
  }

  /**
   * Step {@code i} of MER (Riemer et al. 2019, arXiv 1810.11910, algorithm 1): a step of gradient
   * descent on each row of a batch in turn, of which the keys keep the share {@code within}; of the
   * way over all batches they keep the share {@code across}.
   *
   * @param batches row numbers of each batch; all of one length
   */
  void stepReptile(int i, long[][] batches, double within, double across) {
    long[] flat = Arrays.stream(batches).flatMapToLong(Arrays::stream).toArray();
    try (NDManager step = manager.newSubManager()) {
      NDArray rows = step.create(flat, new Shape(batches.length, batches[0].length));
      NDArray rates = step.create(new double[] {learningRates.applyAsDouble(i), within, across});
      Scripts.MODULE.call("reptile", rows, keys.values(), z, y, rates);
    }
  }

  /** Mean cross-entropy over the whole pool, in nats. */
  double loss() {
    NDArray loss = Scripts.MODULE.call("loss", keys.values(), z, y);
    double value = loss.getFloat();
    loss.close();
    return value;
  }

  TensorBundle snapshot() {
    return keys.snapshot("keys");
  }

  void restore(TensorBundle snapshot) {
    keys.restore(snapshot, "keys");
  }

  /** [theta, b] after the steps so far. */
  Tensor weights() {
    NDArray change = keys.values().sub(start).matMul(back);
    return NdArrays.toTensor(NdArrays.toArray(manager, weights).add(change));
  }

  @Override
  public void close() {
    manager.close();
  }

  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            """
            def gradient(self, batch: Tensor, keys: Tensor, z: Tensor, y: Tensor) -> Tensor:
              x = torch.index_select(z, 0, batch)
              target = torch.unsqueeze(torch.index_select(y, 0, batch), 1)
              r = torch.softmax(torch.matmul(x, torch.t(keys)), 1)
              minus = torch.neg(torch.ones_like(target, dtype=6))
              r = torch.div_(torch.scatter_add_(r, 1, target, minus), torch.size(x, 0))
              return torch.matmul(torch.t(r), x)
            """,
            """
            def around(self, batch: Tensor, moves: Tensor, z: Tensor, y: Tensor) -> Tuple[Tensor, Tensor]:
              return (torch.add(torch.index_select(z, 0, batch), moves), torch.index_select(y, 0, batch))
            """,
            """
            def projected(self, g: Tensor, r: Tensor) -> Tensor:
              along = torch.clamp(torch.sum(torch.mul(g, r)), max=0.)
              length = torch.clamp(torch.sum(torch.mul(r, r)), min=1e-30)
              return torch.sub(g, torch.mul(r, torch.div(along, length)))
            """,
            """
            def reptile(self, batches: Tensor, keys: Tensor, z: Tensor, y: Tensor, rates: Tensor) -> Tensor:
              alpha = float(rates[0])
              start = torch.clone(keys)
              for b in range(torch.size(batches, 0)):
                before = torch.clone(keys)
                for j in range(torch.size(batches, 1)):
                  row = int(batches[b][j])
                  x = torch.select(z, 0, row)
                  r = torch.softmax(torch.mv(keys, x), 0)
                  torch.sub_(torch.select(r, 0, int(y[row])), 1.)
                  torch.addr_(keys, r, x, alpha=-alpha)
                torch.copy_(keys, torch.lerp(before, keys, float(rates[1])))
              torch.copy_(keys, torch.lerp(start, keys, float(rates[2])))
              return batches
            """,
            """
            def loss(self, keys: Tensor, z: Tensor, y: Tensor) -> Tensor:
              p = torch.log_softmax(torch.matmul(z, torch.t(keys)), 1)
              return torch.neg(torch.mean(torch.gather(p, 1, torch.unsqueeze(y, 1))))
            """);
  }
}
