package io.autoseed.learning.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.TensorBundle;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AdamWeightsTest {
  /**
   * m = 0.1 g, v = 0.001 g^2: corrected, the first step is the rate in the gradient's direction.
   */
  @Test
  void the_first_step_goes_by_the_rate_and_the_second_by_the_moments() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      AdamWeights weights = started(manager);
      weights.step(0, manager.create(new float[] {5, -0.1f}));
      assertThat(weights.values().toFloatArray()).containsExactly(new float[] {0.9f, 2.1f}, near());
      weights.step(1, manager.create(new float[] {-5, -0.1f}));
      double mean = (0.9 * 0.5 - 0.5) / (1 - 0.81);
      double size = Math.sqrt((0.999 * 0.025 + 0.025) / (1 - 0.998001));
      float moved = (float) (0.9 - 0.1 * mean / size);
      assertThat(weights.values().toFloatArray())
          .containsExactly(new float[] {moved, 2.2f}, near());
    }
  }

  @Test
  void looking_ahead_shows_the_step_and_changes_nothing() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      AdamWeights weights = started(manager);
      weights.step(0, manager.create(new float[] {5, -0.1f}));
      NDArray gradient = manager.create(new float[] {1, 3});
      TensorBundle before = weights.snapshot("w");
      float[] ahead = weights.ahead(1, gradient).toFloatArray();
      assertThat(weights.snapshot("w")).isEqualTo(before);
      weights.step(1, gradient);
      assertThat(weights.values().toFloatArray()).isEqualTo(ahead);
    }
  }

  @Test
  void a_network_of_many_parts_moves_as_its_numbers_alone_would() {
    int count = 3 * 65_536 + 1;
    float[] gradient = new float[count];
    for (int i = 0; i < count; i++) {
      gradient[i] = i % 2 == 0 ? 5 : -0.1f;
    }
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      AdamWeights two = started(manager);
      AdamWeights many = new AdamWeights(manager.ones(new Shape(1, count)), step -> 0.1);
      for (int step = 0; step < 3; step++) {
        two.step(step, manager.create(new float[] {5, -0.1f}));
        many.step(step, manager.create(gradient, new Shape(1, count)));
      }
      float[] alone = two.values().toFloatArray();
      float[] together = many.values().toFloatArray();
      for (int i = 0; i < count; i++) {
        float expected = i % 2 == 0 ? alone[0] : alone[1] - 1;
        if (Math.abs(together[i] - expected) > 1e-5) {
          fail("number %d is %f, expected %f", i, together[i], expected);
        }
      }
    }
  }

  private static AdamWeights started(NDManager manager) {
    return new AdamWeights(manager.create(new float[] {1, 2}), step -> 0.1);
  }

  private static Offset<Float> near() {
    return within(1e-5f);
  }
}
