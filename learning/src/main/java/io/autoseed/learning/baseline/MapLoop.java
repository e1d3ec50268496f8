package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.AdamWeights;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.Map;
import java.util.TreeMap;

/** ADAPT of strategies that distil: Adam steps on {@link ImageMap}. */
final class MapLoop implements PhaseLoop {
  /** Reference texts that similarities are distilled over. */
  private static final int REFERENCE_TEXTS = 1000;

  private final PhaseInput input;
  private final Schedule schedule;
  private final Distillation distillation;
  private final TaskClasses classes;
  private final int d;
  private final NDManager manager;
  private final Examples examples;
  private final NDArray texts;
  private final NDArray references;
  private final NDArray before;
  private final NDArray teacher;
  private final AdamWeights m;
  private NDArray average;

  MapLoop(PhaseInput input, Schedule schedule, Distillation distillation, Device device) {
    this.input = input;
    this.schedule = schedule;
    this.distillation = distillation;
    this.classes = input.classes().behind(input.state());
    this.d = classes.texts().size(1);
    this.manager = Torch.newManager(device);
    this.examples = Examples.of(manager, input.trainingSet().orElseThrow(), classes.numbers());
    this.texts = NdArrays.toArray(manager, classes.texts());
    this.references =
        units(
            manager,
            CounterRandom.of(input.randomSeed(), 0, "reference-texts", 0),
            REFERENCE_TEXTS);
    this.before = NdArrays.toArray(manager, ImageMap.of(input.state(), d).matrix());
    this.teacher = distillation.fromStart() ? before.zerosLike() : before;
    this.m = new AdamWeights(before, schedule.rates(input.task()));
    this.average = before.duplicate();
  }

  /** Unit rows in directions drawn at random, float32 [count, d]. */
  private NDArray units(NDManager owner, CounterRandom random, int count) {
    NDArray drawn = owner.create(random.gaussians(count * d), new Shape(count, d));
    return drawn.div(drawn.square().sum(new int[] {1}, true).sqrt());
  }

  @Override
  public int steps() {
    return schedule.steps();
  }

  @Override
  public void step(int i) {
    int size = schedule.batchSize();
    try (NDManager step = manager.newSubManager()) {
      Examples batch = examples.at(step, Batches.uniform(input, i, size, examples.count()));
      NDArray gradient =
          MapLoss.task(batch.x(), batch.y(), m.values(), texts, distillation.smoothing());
      CounterRandom random = input.random("reference-images", i);
      NDArray distilled = distillation.drawnImages() ? units(step, random, size) : batch.x();
      NDArray held =
          MapLoss.distilled(
              distilled,
              m.values(),
              teacher,
              references,
              distillation.temperature(),
              distillation.drawnImages());
      NDArray pull = m.values().sub(before);
      pull.attach(step);
      m.step(
          i, gradient.add(held.mul(distillation.weight())).add(pull.mul(2 * distillation.pull())));
    }
    average(i + 1);
  }

  /** The running mean of the weights before the first step and after every so many. */
  private void average(int done) {
    int every = distillation.averageEvery();
    if (every > 0 && done % every == 0) {
      double share = 1.0 / (done / every + 1);
      try (NDManager step = manager.newSubManager()) {
        NDArray change = m.values().sub(average);
        change.attach(step);
        average.addi(change.mul(share));
      }
    }
  }

  @Override
  public TensorBundle snapshot() {
    Map<String, Tensor> all = new TreeMap<>(m.snapshot("m").tensors());
    all.put("average", NdArrays.toTensor(average));
    return TensorBundle.of(all);
  }

  @Override
  public void restore(TensorBundle snapshot) {
    m.restore(snapshot, "m");
    average.close();
    average = NdArrays.toArray(manager, snapshot.get("average"));
  }

  @Override
  public PhaseResult result() {
    NDArray outcome = distillation.averageEvery() > 0 ? average : m.values();
    double length = outcome.square().sum().getFloat();
    LearnerState state =
        input
            .state()
            .with(TaskClasses.NAME, classes.bundle())
            .with(ImageMap.NAME, new ImageMap(NdArrays.toTensor(outcome)).bundle());
    return PhaseResult.of(state, Map.of("map-length", StrictMath.sqrt(length)));
  }

  @Override
  public void close() {
    manager.close();
  }
}
