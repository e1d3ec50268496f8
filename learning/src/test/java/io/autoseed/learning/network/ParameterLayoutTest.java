package io.autoseed.learning.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.tensor.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {
  @Test
  void parts_lie_one_after_the_other_and_start_as_they_should() {
    ParameterLayout layout =
        ParameterLayout.empty().linear(4, 3).batchNorm(2).constant(2, 7).uniform(50, 0.25);
    float[] values = layout.initial(CounterRandom.of(1, 0, "layout", 0));
    assertThat(layout.size()).isEqualTo(12 + 3 + 4 + 2 + 50).isEqualTo(values.length);
    float[] linear = Arrays.copyOf(values, 15);
    for (float value : linear) {
      assertThat(value).isBetween(-0.5f, 0.5f).isNotZero();
    }
    assertThat(Arrays.copyOfRange(values, 15, 21)).containsExactly(1, 1, 0, 0, 7, 7);
    float[] last = Arrays.copyOfRange(values, 21, 71);
    for (float value : last) {
      assertThat(value).isBetween(-0.25f, 0.25f);
    }
    Arrays.sort(last);
    assertThat(last[0]).isLessThan(-0.15f);
    assertThat(last[49]).isGreaterThan(0.15f);
  }
}
