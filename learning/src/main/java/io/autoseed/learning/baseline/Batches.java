package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.tensor.CounterRandom;

/** Row numbers of a step's batch, drawn with replacement from (random seed, task, phase, step). */
public final class Batches {
  private Batches() {}

  /** All of the batch from rows 0..count-1. */
  public static long[] uniform(PhaseInput input, int step, int size, int count) {
    return draw(input.random("batch", step), new long[size], 0, size, 0, count);
  }

  /** Half of the batch from rows 0..count-1, half from the {@code replayed} rows behind them. */
  static long[] halves(PhaseInput input, int step, int size, int count, int replayed) {
    CounterRandom random = input.random("batch", step);
    long[] batch = draw(random, new long[size], 0, size / 2, 0, count);
    return draw(random, batch, size / 2, size, count, replayed);
  }

  private static long[] draw(
      CounterRandom random, long[] batch, int from, int to, int first, int count) {
    for (int i = from; i < to; i++) {
      batch[i] = (long) first + random.nextInt(count);
    }
    return batch;
  }
}
