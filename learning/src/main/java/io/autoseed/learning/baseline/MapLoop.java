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

  /** What the map that is held to makes of the task's images, [N, d]; null if others are drawn. */
  private final NDArray taught;

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
    this.taught = distillation.drawnImages() ? null : byTeacher(examples.x());
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

  /** What the map that is held to makes of images, [n, d]: what they are, or what it was. */
  private NDArray byTeacher(NDArray images) {
    return distillation.fromStart() ? images : images.add(images.matMul(before));
  }

  /** What the map makes of images now, [n, d]. */
  private NDArray mapped(NDArray images) {
    return images.add(images.matMul(m.values()));
  }

  @Override
  public void step(int i) {
    int size = schedule.batchSize();
    try (NDManager step = manager.newSubManager()) {
      long[] rows = Batches.uniform(input, i, size, examples.count());
      Examples batch = examples.at(step, rows);
      NDArray z = mapped(batch.x());
      NDArray ofTask = MapLoss.task(z, batch.y(), texts, distillation.smoothing());
      NDArray gradient;
      if (distillation.drawnImages()) {
        NDArray drawn = units(step, input.random("reference-images", i), size);
        NDArray held = held(mapped(drawn), byTeacher(drawn));
        gradient = batch.x().transpose().matMul(ofTask).add(drawn.transpose().matMul(held));
      } else {
        NDArray known = taught.get(step.create(rows));
        known.attach(step);
        gradient = batch.x().transpose().matMul(ofTask.add(held(z, known)));
      }
      NDArray pull = m.values().sub(before);
      pull.attach(step);
      m.step(i, gradient.add(pull.mul(2 * distillation.pull())));
    }
    average(i + 1);
  }

  /** The weighted gradient of the distillation in {@code z}. */
  private NDArray held(NDArray z, NDArray known) {
    return MapLoss.distilled(
            z, known, references, distillation.temperature(), distillation.drawnImages())
        .mul(distillation.weight());
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
