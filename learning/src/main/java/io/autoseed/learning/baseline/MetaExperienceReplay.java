package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.ClosedForm;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Meta-experience replay (Riemer et al. 2019, arXiv 1810.11910, algorithm 1) on the shared adapter.
 * A step meets one example of the task and takes s batches, each k - 1 examples from a reservoir
 * and the met one; every example is one step of gradient descent, theta -= alpha g. After a batch,
 * theta = before + beta (theta - before); after the s batches the same with gamma. The first time
 * an example is met it is then offered to the reservoir. Differs from the paper in that the
 * examples of a task are met as often as there are steps for them, and in the adapter. Without
 * steps it is the zero-shot classifier exactly.
 *
 * <p>State: the adapter and its statistics, the reservoir: 2 d bytes and a label an example.
 */
public final class MetaExperienceReplay extends KeyStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "mer",
          "replay from a reservoir with Reptile steps within and across batches",
          "Riemer et al. 2019, arXiv 1810.11910",
          Schedule.settings(
              0.03,
              10,
              new Setting.Whole("batches", "s, batches a step", 5, 1, 100),
              new Setting.Real("within-rate", "beta, the share of a batch's way", 0.3, 0, 1),
              new Setting.Real("across-rate", "gamma, the share of the batches' way", 1.0, 0, 1),
              new Setting.Whole(
                  "buffer-size", "examples in the reservoir, float16", 540, 1, 1_000_000)),
          (settings, device) ->
              new MetaExperienceReplay(
                  Schedule.of(settings),
                  (Integer) settings.get("batches"),
                  (Double) settings.get("within-rate"),
                  (Double) settings.get("across-rate"),
                  (Integer) settings.get("buffer-size"),
                  device));

  private static final String SEEN = "seen";

  private final int batches;
  private final double within;
  private final double across;
  private final int capacity;

  MetaExperienceReplay(
      Schedule schedule, int batches, double within, double across, int capacity, Device device) {
    super(FACTORY.name(), 1, schedule, device);
    this.batches = batches;
    this.within = within;
    this.across = across;
    this.capacity = capacity;
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    TrainingSet task = input.trainingSet().orElseThrow();
    ReplayBuffer buffer = ReplayBuffer.of(input.state(), task.images().size(1));
    TaskStream stream = stream(input, task, buffer);
    return train(
        input,
        buffer.behind(task, device()),
        (training, i) -> training.stepReptile(i, batches(input, stream, i), within, across),
        UnaryOperator.identity());
  }

  private TaskStream stream(PhaseInput input, TrainingSet task, ReplayBuffer buffer) {
    long seen = input.state().has(SEEN) ? seen(input.state()) : 0;
    return new TaskStream(input, task.count(), buffer.count(), seen, capacity);
  }

  private static long seen(LearnerState state) {
    return (long) state.get(SEEN).get("examples").doubles()[0];
  }

  /** Rows of the s batches, the met one last in each. */
  private long[][] batches(PhaseInput input, TaskStream stream, int i) {
    CounterRandom random = input.random("replayed", i);
    Reservoir reservoir = stream.before(i);
    int met = stream.met(i);
    long[][] rows = new long[batches][];
    for (int b = 0; b < batches; b++) {
      IntStream replayed = reservoir.draw(schedule().batchSize() - 1, random);
      rows[b] = IntStream.concat(replayed, IntStream.of(met)).asLongStream().toArray();
    }
    return rows;
  }

  @Override
  protected PhaseLoop seedUpdate(PhaseInput input) {
    return new ClosedForm(() -> remember(input));
  }

  private PhaseResult remember(PhaseInput input) {
    TrainingSet task = input.trainingSet().orElseThrow();
    ReplayBuffer before = ReplayBuffer.of(input.state(), task.images().size(1));
    Reservoir reservoir = stream(input, task, before).before(schedule().steps());
    ReplayBuffer buffer =
        ReplayBuffer.of(before.behind(task, device()), reservoir.kept(), device());
    TensorBundle seen =
        TensorBundle.of(Map.of("examples", Tensor.of(new double[] {reservoir.seen()}, 1)));
    return PhaseResult.of(
        input.state().with(ReplayBuffer.NAME, buffer.bundle()).with(SEEN, seen),
        Map.of("buffer-features", (double) buffer.count()));
  }

  @Override
  public boolean keepsExamples() {
    return true;
  }
}
