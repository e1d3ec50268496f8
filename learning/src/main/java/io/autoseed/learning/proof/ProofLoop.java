package io.autoseed.learning.proof;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.baseline.Batches;
import io.autoseed.learning.baseline.Examples;
import io.autoseed.learning.baseline.KeptMeans;
import io.autoseed.learning.baseline.ReplayBuffer;
import io.autoseed.learning.lda.ClassMeans;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.AdamWeights;
import io.autoseed.learning.torch.Torch;
import java.util.Map;
import java.util.TreeMap;

/**
 * ADAPT of {@link Proof}: Adam steps on the task's projections and prompts and on the attention, on
 * batches of the task's examples and the features kept, all equally likely. Its metrics are the
 * loss of the last batch, in nats, and the length of all that was trained, after the last step.
 */
final class ProofLoop implements PhaseLoop {
  private final ProofSettings settings;
  private final PhaseInput input;
  private final TaskClasses classes;
  private final ProjectionFusion start;
  private final LearnerState withMeans;
  private final NDManager manager;
  private final Examples examples;
  private final FusionNetwork network;
  private final AdamWeights weights;
  private double loss;

  ProofLoop(ProofSettings settings, PhaseInput input, Device device) {
    this.settings = settings;
    this.input = input;
    this.classes = input.classes().behind(input.state());
    this.start = ProjectionFusion.forTask(input, settings.promptsPerTask());
    TrainingSet task = input.trainingSet().orElseThrow();
    this.withMeans = withMeans(input, task, device);
    TrainingSet pool = ReplayBuffer.of(input.state(), task.images().size(1)).behind(task, device);
    this.manager = Torch.newManager(device);
    this.examples = Examples.of(manager, pool, classes.numbers());
    this.network =
        new FusionNetwork(
            manager, start, classes.texts(), KeptMeans.of(withMeans).means(), settings.scale());
    NDArray trained = manager.create(start.trained(settings.promptsPerTask()));
    this.weights = new AdamWeights(trained, settings.schedule().rates(input.task()));
  }

  private static LearnerState withMeans(PhaseInput input, TrainingSet task, Device device) {
    try (NDManager manager = Torch.newManager(device)) {
      return KeptMeans.with(input, ClassMeans.means(manager, task, input.classes().numbers()));
    }
  }

  @Override
  public int steps() {
    return settings.schedule().steps();
  }

  @Override
  public void step(int i) {
    int size = settings.schedule().batchSize();
    try (NDManager step = manager.newSubManager()) {
      Examples batch = examples.at(step, Batches.uniform(input, i, size, examples.count()));
      NDList result = network.gradient(batch.x(), batch.y(), weights.values());
      weights.step(i, result.get(0));
      loss = result.get(1).getFloat();
    }
  }

  @Override
  public TensorBundle snapshot() {
    Map<String, Tensor> all = new TreeMap<>(weights.snapshot("weights").tensors());
    all.put("loss", Tensor.of(new double[] {loss}, 1));
    return TensorBundle.of(all);
  }

  @Override
  public void restore(TensorBundle snapshot) {
    weights.restore(snapshot, "weights");
    loss = snapshot.get("loss").doubles()[0];
  }

  @Override
  public PhaseResult result() {
    LearnerState learned =
        start
            .with(weights.values().toFloatArray())
            .addedTo(withMeans.with(TaskClasses.NAME, classes.bundle()));
    double square = weights.values().square().sum().getFloat();
    return PhaseResult.of(
        learned, Map.of("last-batch-loss", loss, "trained-length", StrictMath.sqrt(square)));
  }

  @Override
  public void close() {
    manager.close();
  }
}
