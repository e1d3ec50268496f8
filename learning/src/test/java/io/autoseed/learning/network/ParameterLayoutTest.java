package io.autoseed.learning.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.tensor.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {
  @Test
  void parts_lie_one_after_the_other_and_start_as_they_should() {
    ParameterLayout layout = ParameterLayout.empty().linear(4, 3).batchNorm(2).constant(2, 7);
    float[] values = layout.initial(CounterRandom.of(1, 0, "layout", 0));
    assertThat(layout.size()).isEqualTo(12 + 3 + 4 + 2).isEqualTo(values.length);
    float[] linear = Arrays.copyOf(values, 15);
    for (float value : linear) {
      assertThat(value).isBetween(-0.5f, 0.5f).isNotZero();
    }
    assertThat(Arrays.copyOfRange(values, 15, 21)).containsExactly(1, 1, 0, 0, 7, 7);
  }
}
