package io.autoseed.learning.baseline;

import io.autoseed.learning.tensor.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Reservoir sampling (Vitter 1985): of all rows offered, each is kept with the same probability.
 * Holds row numbers of a pool.
 */
final class Reservoir {
  private final int[] rows;
  private int count;
  private long seen;

  /**
   * @param capacity most rows kept
   * @param kept rows already kept, at most {@code capacity}
   * @param seen rows offered so far, at least {@code kept.length}
   */
  Reservoir(int capacity, int[] kept, long seen) {
    this.rows = Arrays.copyOf(kept, capacity);
    this.count = kept.length;
    this.seen = seen;
  }

  /** Offers a row. Draws from {@code random} once the reservoir is full. */
  void offer(int row, CounterRandom random) {
    seen++;
    if (count < rows.length) {
      rows[count++] = row;
      return;
    }
    long place = (long) (random.nextDouble() * seen);
    if (place < rows.length) {
      rows[(int) place] = row;
    }
  }

  /** {@code count} rows drawn with replacement; none if none are kept. */
  IntStream draw(int count, CounterRandom random) {
    return this.count == 0
        ? IntStream.empty()
        : IntStream.generate(() -> rows[random.nextInt(this.count)]).limit(count);
  }

  int[] kept() {
    return Arrays.copyOf(rows, count);
  }

  long seen() {
    return seen;
  }
}
