package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.learning.tensor.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReservoirTest {
  private static final int CAPACITY = 10;
  private static final int OFFERED = 40;

  @Test
  void everything_is_kept_until_it_is_full() {
    assertThat(filled(1, CAPACITY).kept()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(filled(1, OFFERED).kept()).hasSize(CAPACITY).doesNotHaveDuplicates();
    assertThat(filled(1, OFFERED).seen()).isEqualTo(OFFERED);
  }

  /** Each of n rows is among the M kept with probability M / n: here 0.25, deviation 0.0068. */
  @Test
  void every_row_is_as_likely_to_be_kept_whenever_it_was_offered() {
    int runs = 4000;
    int[] times = new int[OFFERED];
    for (int seed = 0; seed < runs; seed++) {
      Arrays.stream(filled(seed, OFFERED).kept()).forEach(row -> times[row]++);
    }
    for (int row = 0; row < OFFERED; row++) {
      assertThat((double) times[row] / runs).as("row %d", row).isCloseTo(0.25, within(0.028));
    }
  }

  private static Reservoir filled(int seed, int rows) {
    Reservoir reservoir = new Reservoir(CAPACITY, new int[0], 0);
    for (int row = 0; row < rows; row++) {
      reservoir.offer(row, CounterRandom.of(seed, 0, "offered", row));
    }
    return reservoir;
  }
}
