package io.autoseed.learning.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
  /** Known answers of the Random123 distribution (kat_vectors, philox4x32 10). */
  @Test
  void philoxGivesThePublishedAnswers() {
    int[] out = new int[4];
    CounterRandom.philox(0, 0, 0, 0, 0, 0, out);
    assertThat(out).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    CounterRandom.philox(-1, -1, -1, -1, -1, -1, out);
    assertThat(out).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    CounterRandom.philox(
        0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, out);
    assertThat(out).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void aStreamIsNamedByItsFourParts() {
    float[] drawn = CounterRandom.of(1993, 3, "ADAPT/replay", 7).gaussians(5);
    assertThat(CounterRandom.of(1993, 3, "ADAPT/replay", 7).gaussians(5)).isEqualTo(drawn);
    assertThat(CounterRandom.of(1994, 3, "ADAPT/replay", 7).gaussians(5)).isNotEqualTo(drawn);
    assertThat(CounterRandom.of(1993, 4, "ADAPT/replay", 7).gaussians(5)).isNotEqualTo(drawn);
    assertThat(CounterRandom.of(1993, 3, "ADAPT/held-out", 7).gaussians(5)).isNotEqualTo(drawn);
    assertThat(CounterRandom.of(1993, 3, "ADAPT/replay", 8).gaussians(5)).isNotEqualTo(drawn);
  }

  @Test
  void gaussiansHaveMeanZeroAndVarianceOne() {
    float[] drawn = CounterRandom.of(1, 0, "test", 0).gaussians(100_000);
    double mean = 0;
    double square = 0;
    for (float x : drawn) {
      mean += x / 100_000.0;
      square += x * x / 100_000.0;
    }
    assertThat(mean).isBetween(-0.015, 0.015);
    assertThat(square).isBetween(0.98, 1.02);
  }

  @Test
  void gaussiansAreThoseOfStrictMathBitForBit() {
    int count = 1_000_001;
    CounterRandom uniform = CounterRandom.of(7, 0, "test", 0);
    float[] expected = new float[count];
    for (int i = 0; i < count; i += 2) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform.nextDouble()));
      double angle = 2 * Math.PI * uniform.nextDouble();
      expected[i] = (float) (radius * StrictMath.cos(angle));
      if (i + 1 < count) {
        expected[i + 1] = (float) (radius * StrictMath.sin(angle));
      }
    }
    assertThat(CounterRandom.of(7, 0, "test", 0).gaussians(count)).isEqualTo(expected);
  }

  @Test
  void whatLiesBetweenTwoFloatsIsNotRoundedByItsLastBits() {
    double between = (1.5f + (double) Math.nextUp(1.5f)) / 2;
    assertThat(CounterRandom.roundsSafely(between)).isFalse();
    assertThat(CounterRandom.roundsSafely(Math.nextDown(between))).isFalse();
    assertThat(CounterRandom.roundsSafely(between * (1 - 0x1p-40))).isTrue();
    assertThat(CounterRandom.roundsSafely(-1.5)).isTrue();
    assertThat(CounterRandom.roundsSafely(0)).isTrue();
  }

  @Test
  void aPermutationHoldsEachNumberOnce() {
    int[] order = CounterRandom.of(1, 0, "test", 0).permutation(1000);
    assertThat(order).isNotEqualTo(CounterRandom.of(2, 0, "test", 0).permutation(1000));
    Arrays.sort(order);
    for (int i = 0; i < 1000; i++) {
      assertThat(order[i]).isEqualTo(i);
    }
  }
}
