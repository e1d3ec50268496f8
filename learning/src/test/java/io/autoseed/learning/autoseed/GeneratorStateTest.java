package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratorStateTest {
  /** Numbers of W1, b1, W2, b2 and beta; the row of W2 and the entry of b2 for kappa are -1. */
  private static float[] ofVersion2() {
    float[] phi = new float[181];
    for (int i = 0; i < phi.length; i++) {
      boolean ofKappa = (i >= 112 && i < 128) || i == 176;
      phi[i] = ofKappa ? -1 : i;
    }
    return phi;
  }

  private static TensorBundle bundle(float[] numbers) {
    Tensor tensor = Tensor.of(numbers, numbers.length);
    return TensorBundle.of(
        Map.of(
            "phi", tensor,
            "first-moment", tensor,
            "second-moment", tensor,
            "steps", Tensor.of(new int[] {12}, 1)));
  }

  @Test
  void aGeneratorOfVersion2GoesOnWithoutItsOutputForKappa() {
    GeneratorState state = GeneratorState.of(bundle(ofVersion2()));
    float[] phi = state.phi().floats();
    assertThat(phi).hasSize(GeneratorState.SIZE).doesNotContain(-1f);
    assertThat(phi).isSorted().startsWith(0f, 1f).endsWith(178f, 179f, 180f);
    assertThat(state.first()).isEqualTo(state.phi());
    assertThat(state.second()).isEqualTo(state.phi());
    assertThat(state.steps()).isEqualTo(12);
  }

  @Test
  void aGeneratorOfThisVersionIsKeptAsItIs() {
    GeneratorState initial = GeneratorState.initial(7);
    assertThat(GeneratorState.of(initial.bundle())).isEqualTo(initial);
  }

  @Test
  void aGeneratorOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> GeneratorState.of(bundle(new float[3])))
        .hasMessageContaining("3 numbers, expected 164");
  }
}
