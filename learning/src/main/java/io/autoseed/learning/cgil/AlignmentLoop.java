package io.autoseed.learning.cgil;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.AdamWeights;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import io.autoseed.learning.vae.Decoder;
import io.autoseed.learning.vae.VaeShape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * SEED_UPDATE of CGIL: each epoch draws anew from the generators of all classes learned and trains
 * the keys on what they drew, a step a batch. Once training has stopped early, the other steps do
 * nothing.
 */
final class AlignmentLoop implements PhaseLoop {
  private final CgilSettings settings;
  private final PhaseInput input;
  private final TaskClasses classes;
  private final List<Decoder> generators;
  private final AlignedKeys before;
  private final NDManager manager;
  private final NDArray texts;
  private final NDArray scale;
  private final AdamWeights weights;
  private final int batches;
  private EarlyStop stop;
  private double epochLoss;
  private int epochsDone;
  private NDManager epochManager;
  private int drawnEpoch = -1;
  private NDArray drawn;
  private int[] order;

  AlignmentLoop(CgilSettings settings, PhaseInput input, Device device) {
    this.settings = settings;
    this.input = input;
    this.classes = input.classes().behind(input.state());
    int d = classes.texts().size(1);
    this.generators = Generators.all(input.state(), VaeShape.usual(d));
    this.before = AlignedKeys.of(input.state(), classes, input.random("mlp", 0));
    this.manager = Torch.newManager(device);
    this.texts = NdArrays.toArray(manager, classes.texts());
    this.scale = manager.create((float) settings.scale());
    this.weights =
        new AdamWeights(manager.create(before.vector()), step -> settings.learningRate());
    this.batches = -Math.floorDiv(-examples(), settings.batchSize());
    this.stop = settings.alignmentStop();
    this.epochManager = manager.newSubManager();
  }

  private int examples() {
    return Math.multiplyExact(classes.count(), settings.drawnPerClass());
  }

  @Override
  public int steps() {
    return Math.multiplyExact(batches, settings.alignmentEpochs());
  }

  @Override
  public void step(int i) {
    if (stop.stopped()) {
      return;
    }
    int epoch = i / batches;
    int batch = i % batches;
    if (drawnEpoch != epoch) {
      draw(epoch);
    }
    epochLoss = (batch == 0 ? 0 : epochLoss) + train(i, batch) / batches;
    if (batch + 1 == batches) {
      stop = stop.with(epochLoss);
      epochsDone = epoch + 1;
    }
  }

  /** The epoch's examples, those of each class together, in the order of the classes. */
  private void draw(int epoch) {
    epochManager.close();
    epochManager = manager.newSubManager();
    NDList each = new NDList();
    for (int c = 0; c < generators.size(); c++) {
      Decoder generator = generators.get(c);
      float[] noise =
          input
              .random("drawn-" + epoch, c)
              .gaussians(settings.drawnPerClass() * generator.shape().latent());
      each.add(generator.draw(epochManager, noise));
    }
    if (each.size() == 1) {
      drawn = each.get(0);
    } else {
      drawn = each.get(0).getNDArrayInternal().concat(each.subNDList(1), 0);
      each.close();
    }
    order = input.random("order", epoch).permutation(examples());
    drawnEpoch = epoch;
  }

  private double train(int i, int batch) {
    int from = batch * settings.batchSize();
    int size = Math.min(settings.batchSize(), order.length - from);
    long[] rows = new long[size];
    long[] labels = new long[size];
    for (int row = 0; row < size; row++) {
      rows[row] = order[from + row];
      labels[row] = rows[row] / settings.drawnPerClass();
    }
    try (NDManager step = manager.newSubManager()) {
      NDArray x = drawn.get(step.create(rows));
      x.attach(step);
      NDList result = AlignedKeys.gradient(weights.values(), texts, x, step.create(labels), scale);
      result.attach(step);
      weights.step(i, result.get(0));
      return result.get(1).getFloat();
    }
  }

  @Override
  public TensorBundle snapshot() {
    Map<String, Tensor> tensors = new TreeMap<>(weights.snapshot("weights").tensors());
    tensors.put("progress", Tensor.of(new double[] {epochLoss, epochsDone}, 2));
    tensors.put("stop", stop.tensor());
    return TensorBundle.of(tensors);
  }

  @Override
  public void restore(TensorBundle snapshot) {
    weights.restore(snapshot, "weights");
    double[] progress = snapshot.get("progress").doubles();
    epochLoss = progress[0];
    epochsDone = (int) progress[1];
    stop = stop.restored(snapshot.get("stop"));
  }

  @Override
  public PhaseResult result() {
    AlignedKeys learned = before.withVector(weights.values().toFloatArray());
    return PhaseResult.of(
        learned.in(input.state(), classes),
        Map.of("alignment-epochs", (double) epochsDone, "alignment-loss", epochLoss));
  }

  @Override
  public void close() {
    manager.close();
  }
}
