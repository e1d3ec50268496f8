package io.autoseed.learning.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MeanTextTest {
  @Test
  void pointsBetweenTheTextsWithLengthOne() {
    Tensor mean = MeanText.of(Tensor.of(new float[] {6, 0, 0, 8}, 2, 2));

    assertThat(mean.shape()).containsExactly(1, 2);
    assertThat(mean.floats()).containsExactly(0.6f, 0.8f);
  }

  @Test
  void ofOneTextIsThatText() {
    assertThat(MeanText.of(Tensor.of(new float[] {0, -1}, 1, 2)).floats()).containsExactly(0f, -1f);
  }
}
