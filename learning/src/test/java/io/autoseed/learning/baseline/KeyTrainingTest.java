package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Symmetric;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Two classes with equal names, so all first answers are one half. Row 0, of class 0, and row 2, of
 * class 1, lie at the same place: their gradients are opposite. Row 1 agrees with row 0.
 */
class KeyTrainingTest {
  private static final Tensor IMAGES = Tensor.of(new float[] {1, 0, 1, 0.2f, 1, 0}, 3, 2);
  private static final TrainingSet POOL = new TrainingSet(IMAGES, new int[] {0, 0, 1});
  private static final TaskClasses CLASSES =
      new TaskClasses(new int[] {0, 1}, Tensor.of(new float[4], 2, 2));

  @Test
  void a_gradient_against_the_past_is_projected_away_whole_where_it_is_its_opposite() {
    try (KeyTraining training = training()) {
      Tensor before = training.weights();
      training.stepProjected(0, new long[] {0}, new long[] {2});
      float[] after = training.weights().floats();
      assertThat(after).containsExactly(before.floats(), within(1e-4f));
    }
  }

  @Test
  void a_gradient_that_agrees_with_the_past_is_followed_alone() {
    try (KeyTraining projected = training();
        KeyTraining plain = training()) {
      projected.stepProjected(0, new long[] {0}, new long[] {1});
      plain.step(0, new long[] {0});
      assertThat(projected.weights()).isEqualTo(plain.weights());
      assertThat(plain.weights()).isNotEqualTo(KeyAdapter.zeroShot(CLASSES).weights());
    }
  }

  @Test
  void draws_without_noise_are_the_rows_themselves() {
    try (KeyTraining around = training();
        KeyTraining plain = training();
        KeyTraining noisy = training()) {
      around.stepAround(0, new long[] {1, 2}, new float[4]);
      plain.step(0, new long[] {1, 2});
      noisy.stepAround(0, new long[] {1, 2}, new float[] {1, -1, 2, 0.5f});
      assertThat(around.weights()).isEqualTo(plain.weights()).isNotEqualTo(noisy.weights());
    }
  }

  private static KeyTraining training() {
    return new KeyTraining(
        Device.cpu(),
        KeyAdapter.zeroShot(CLASSES),
        POOL,
        new Scatter(Symmetric.of(Tensor.of(new float[] {1, 0, 1}, 3)), 1),
        step -> 0.1);
  }
}
