package io.autoseed.learning.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SharedSpaceTest {
  private final SharedSpace space = new SharedSpace(2);

  @Test
  void scalesRowsToLengthOneAndLeavesTheirDirection() {
    Tensor raw = Tensor.of(new float[] {3, 4, 0, -2}, 2, 2);

    assertThat(space.images(raw, space.centre(raw)).floats()).containsExactly(0.6f, 0.8f, 0f, -1f);
    assertThat(space.texts(raw).floats()).containsExactly(0.6f, 0.8f, 0f, -1f);
  }

  @Test
  void keepsARowOfZeros() {
    assertThat(space.texts(Tensor.of(new float[2], 1, 2)).floats()).containsExactly(0f, 0f);
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    assertThatThrownBy(() -> space.texts(Tensor.of(new float[3], 1, 3)))
        .hasMessage("expected rows of width 2, found 3");
  }

  @Test
  void isNamedByItsWidth() {
    assertThat(space.digest()).isNotEqualTo(new SharedSpace(3).digest()).hasSize(64);
  }
}
