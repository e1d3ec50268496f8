package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.Torch;
import io.autoseed.learning.vae.Standardisation;
import io.autoseed.learning.vae.VaeShape;
import io.autoseed.learning.vae.VaeTraining;
import java.util.Map;
import java.util.TreeMap;

/**
 * SEED_UPDATE of {@link GenerativeReplay}: the generator goes on from its weights before the task,
 * on the task's examples and on what it drew before them. A batch holds as large a share of the
 * task's examples as the task has of all classes.
 */
final class GeneratorLoop implements PhaseLoop {
  private final PhaseInput input;
  private final Schedule schedule;
  private final LearnerState state;
  private final int count;
  private final int replayed;
  private final int taskShare;
  private final VaeShape shape;
  private final Standardisation standard;
  private final VaeTraining training;
  private double loss;

  /**
   * @param replay what the generator drew; may have no rows
   * @param state what the generator is added to
   */
  GeneratorLoop(
      PhaseInput input, Schedule schedule, Tensor replay, LearnerState state, Device device) {
    this.input = input;
    this.schedule = schedule;
    this.state = state;
    TrainingSet task = input.trainingSet().orElseThrow();
    this.count = task.count();
    this.replayed = replay.size(0);
    int size = schedule.batchSize();
    int classes = KeyAdapter.of(state).classes().length;
    this.taskShare = replayed == 0 ? size : Math.max(1, size * input.classes().count() / classes);
    Tensor pool = Rows.append(task.images(), replay);
    this.shape = KeptGenerator.shape(pool.size(1));
    try (NDManager manager = Torch.newManager(device)) {
      this.standard = Standardisation.of(manager, pool);
    }
    this.training =
        new VaeTraining(
            device,
            shape,
            KeptGenerator.start(input, shape),
            pool,
            standard,
            schedule.rates(input.task()));
  }

  @Override
  public int steps() {
    return schedule.steps();
  }

  @Override
  public void step(int i) {
    CounterRandom random = input.random("generator", i);
    long[] batch = new long[schedule.batchSize()];
    for (int row = 0; row < batch.length; row++) {
      batch[row] = row < taskShare ? random.nextInt(count) : count + random.nextInt(replayed);
    }
    loss = training.step(i, batch, random.gaussians(batch.length * shape.latent()));
  }

  @Override
  public TensorBundle snapshot() {
    Map<String, Tensor> tensors = new TreeMap<>(training.snapshot().tensors());
    tensors.put("loss", Tensor.of(new double[] {loss}, 1));
    return TensorBundle.of(tensors);
  }

  @Override
  public void restore(TensorBundle snapshot) {
    training.restore(snapshot);
    loss = snapshot.get("loss").doubles()[0];
  }

  @Override
  public PhaseResult result() {
    KeptGenerator generator = new KeptGenerator(shape, training.weights(), standard);
    return PhaseResult.of(generator.addedTo(state), Map.of("generator-loss", loss));
  }

  @Override
  public void close() {
    training.close();
  }
}
