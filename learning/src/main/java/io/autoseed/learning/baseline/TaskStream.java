package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.tensor.CounterRandom;
import java.util.stream.IntStream;

/**
 * A task's examples as they are met one by one, in a random order that changes with every pass, and
 * the reservoir beside them: an example is offered to it when it has been met for the first time.
 * Rows 0 to n - 1 are the task's, those behind them the reservoir's of the tasks before.
 */
final class TaskStream {
  private final PhaseInput input;
  private final int count;
  private final Reservoir reservoir;
  private int offered;
  private int pass = -1;
  private int[] order;

  /**
   * @param count n, the task's examples
   * @param kept examples of earlier tasks in the reservoir
   * @param seen examples of earlier tasks
   */
  TaskStream(PhaseInput input, int count, int kept, long seen, int capacity) {
    this.input = input;
    this.count = count;
    this.reservoir = new Reservoir(capacity, IntStream.range(count, count + kept).toArray(), seen);
  }

  /** The row met at a step, from 0. */
  int met(int step) {
    if (pass != step / count) {
      pass = step / count;
      order = random("pass", pass).permutation(count);
    }
    return order[step % count];
  }

  /** The reservoir as the steps before {@code step} left it. Ask in order. */
  Reservoir before(int step) {
    while (offered < Math.min(step, count)) {
      reservoir.offer(met(offered), random("reservoir", offered));
      offered++;
    }
    return reservoir;
  }

  private CounterRandom random(String purpose, int step) {
    return CounterRandom.of(input.randomSeed(), input.task(), "ADAPT/" + purpose, step);
  }
}
