package io.autoseed.learning.baseline;

import io.autoseed.learning.tensor.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Reservoir sampling (Vitter 1985): of all rows offered, each is kept with the same probability.
 * Holds row numbers of a pool.
 */
final class Reservoir {
  private final int capacity;
  private int[] kept;
  private long seen;

  /**
   * @param capacity most rows kept
   * @param kept rows already kept
   * @param seen rows offered so far, at least {@code kept.length}
   */
  Reservoir(int capacity, int[] kept, long seen) {
    this.capacity = capacity;
    this.kept = kept.clone();
    this.seen = seen;
  }

  /** Offers a row. Draws from {@code random} once the reservoir is full. */
  void offer(int row, CounterRandom random) {
    seen++;
    if (kept.length < capacity) {
      kept = Arrays.copyOf(kept, kept.length + 1);
      kept[kept.length - 1] = row;
      return;
    }
    long place = (long) (random.nextDouble() * seen);
    if (place < capacity) {
      kept[(int) place] = row;
    }
  }

  /** {@code count} rows drawn with replacement; none if none are kept. */
  IntStream draw(int count, CounterRandom random) {
    return kept.length == 0
        ? IntStream.empty()
        : IntStream.generate(() -> kept[random.nextInt(kept.length)]).limit(count);
  }

  int[] kept() {
    return kept.clone();
  }

  long seen() {
    return seen;
  }
}
