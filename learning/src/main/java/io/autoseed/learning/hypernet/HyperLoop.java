package io.autoseed.learning.hypernet;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.baseline.Batches;
import io.autoseed.learning.baseline.Examples;
import io.autoseed.learning.baseline.Schedule;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.AdamWeights;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;
import java.util.Map;

/** ADAPT of {@link HyperNet}: Adam steps on the network and the new task's embedding. */
final class HyperLoop implements PhaseLoop {
  private final PhaseInput input;
  private final Schedule schedule;
  private final double beta;
  private final LearnedTasks before;
  private final HyperNetwork network;
  private final NDManager manager;
  private final Examples examples;
  private final NDArray texts;
  private final NDArray scale;
  private final AdamWeights weights;
  private NDArray oldCodes;
  private NDArray oldTexts;
  private NDArray kept;
  private NDArray factor;

  HyperLoop(PhaseInput input, Schedule schedule, double beta, Device device) {
    this.input = input;
    this.schedule = schedule;
    this.beta = beta;
    this.network = new HyperNetwork(input.classes().texts().size(1));
    this.before = learned(input.state());
    this.manager = Torch.newManager(device);
    this.examples =
        Examples.of(manager, input.trainingSet().orElseThrow(), input.classes().numbers());
    this.texts = NdArrays.toArray(manager, input.classes().texts());
    this.scale = manager.create(HyperNet.TEXT_SCALE);
    float[] phi = before.phi().floats();
    float[] code = input.random("code", 0).gaussians(HyperNetwork.CODE);
    float[] start = Arrays.copyOf(phi, phi.length + code.length);
    System.arraycopy(code, 0, start, phi.length, code.length);
    this.weights = new AdamWeights(manager.create(start), schedule.rates(input.task()));
    rememberPast();
  }

  private LearnedTasks learned(LearnerState state) {
    return LearnedTasks.in(state)
        ? LearnedTasks.of(state)
        : LearnedTasks.none(network.layout().initial(input.random("phi", 0)));
  }

  /** What the network makes of the tasks before, which it is to go on making. */
  private void rememberPast() {
    if (before.count() == 0) {
      return;
    }
    Tensor past = TaskClasses.of(input.state().get(TaskClasses.NAME)).texts();
    oldTexts = NdArrays.toArray(manager, past);
    oldCodes = NdArrays.toArray(manager, before.codeOfClass());
    kept = network.added(NdArrays.toArray(manager, before.phi()), oldCodes, oldTexts);
    factor = manager.create((float) (beta / before.count()));
  }

  @Override
  public int steps() {
    return schedule.steps();
  }

  @Override
  public void step(int i) {
    try (NDManager step = manager.newSubManager()) {
      long[] rows = Batches.uniform(input, i, schedule.batchSize(), examples.count());
      Examples batch = examples.at(step, rows);
      NDArray task = network.taskGradient(weights.values(), texts, batch.x(), batch.y(), scale);
      task.attach(step);
      weights.step(i, before.count() == 0 ? task : task.add(pull(step, i, task)));
    }
  }

  /** The regulariser's gradient where the task alone would take the weights. */
  private NDArray pull(NDManager step, int i, NDArray task) {
    NDArray ahead = weights.ahead(i, task);
    NDArray pull = network.pullGradient(ahead, oldCodes, oldTexts, kept, factor);
    pull.attach(step);
    return pull;
  }

  @Override
  public TensorBundle snapshot() {
    return weights.snapshot("weights");
  }

  @Override
  public void restore(TensorBundle snapshot) {
    weights.restore(snapshot, "weights");
  }

  @Override
  public PhaseResult result() {
    float[] all = weights.values().toFloatArray();
    int size = before.phi().size(0);
    float[] phi = Arrays.copyOf(all, size);
    float[] code = Arrays.copyOfRange(all, size, all.length);
    LearnedTasks after = before.with(phi, code, input.classes().count());
    TaskClasses classes = input.classes().behind(input.state());
    return PhaseResult.of(
        after.addedTo(input.state(), classes),
        Map.of("drift", before.count() == 0 ? 0 : drift(phi)));
  }

  /** Root mean square of what a key of the tasks before has moved by. */
  private double drift(float[] phi) {
    try (NDManager inner = manager.newSubManager()) {
      NDArray moved = network.added(inner.create(phi), oldCodes, oldTexts).sub(kept);
      moved.attach(inner);
      double sum = moved.square().sum().getFloat();
      return StrictMath.sqrt(sum / oldTexts.size(0));
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
