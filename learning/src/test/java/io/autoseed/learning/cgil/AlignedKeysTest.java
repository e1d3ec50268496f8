package io.autoseed.learning.cgil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.network.PlainLayers;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against the formula in plain loops. */
class AlignedKeysTest {
  private static final int C = 4;
  private static final int D = 2;
  private static final double[][] TEXTS = {{0.6, 0.8}, {-0.8, 0.6}, {1, 0}, {0, -1}};
  private static final double[][] IMAGES = {{0, 1}, {0.8, 0.6}, {-1, 0}};
  private static final int[] LABELS = {0, 2, 1};
  private static final double SCALE = 5;

  private final AlignedKeys untrained =
      AlignedKeys.of(
          LearnerState.empty(),
          new TaskClasses(new int[] {0, 1, 2, 3}, Tensor.of(PlainLayers.flat(TEXTS), C, D)),
          CounterRandom.of(1, 0, "mlp", 0));

  @Test
  void keys_never_trained_are_the_text_embeddings() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      assertThat(untrained.keys(manager, Tensor.of(PlainLayers.flat(TEXTS), C, D)).floats())
          .containsExactly(PlainLayers.flat(TEXTS), within(1e-6f));
    }
  }

  @Test
  void keys_and_the_gradient_of_the_cross_entropy_follow_the_formula() {
    float[] w = CounterRandom.of(4, 0, "w", 0).gaussians(untrained.vector().length);
    double[] wide = PlainLayers.rows(w, w.length)[0];
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      Tensor texts = Tensor.of(PlainLayers.flat(TEXTS), C, D);
      assertThat(untrained.withVector(w).keys(manager, texts).floats())
          .containsExactly(PlainLayers.flat(keys(wide)), within(1e-4f));
      NDList found =
          AlignedKeys.gradient(
              manager.create(w),
              manager.create(PlainLayers.flat(TEXTS), new Shape(C, D)),
              manager.create(PlainLayers.flat(IMAGES), new Shape(3, D)),
              manager.create(new long[] {0, 2, 1}),
              manager.create((float) SCALE));
      assertThat((double) found.get(1).getFloat()).isCloseTo(loss(wide), within(1e-4));
      float[] g = found.get(0).toFloatArray();
      for (int i = 0; i < g.length; i++) {
        double[] up = wide.clone();
        double[] down = wide.clone();
        up[i] += 1e-6;
        down[i] -= 1e-6;
        assertThat((double) g[i])
            .as("d loss / d w[%d]", i)
            .isCloseTo((loss(up) - loss(down)) / 2e-6, within(2e-3));
      }
    }
  }

  @Test
  void a_name_without_a_direction_lets_no_gradient_through() {
    double[][] texts = TEXTS.clone();
    texts[0] = new double[D];
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      float[] g =
          AlignedKeys.gradient(
                  manager.create(untrained.vector()),
                  manager.create(PlainLayers.flat(texts), new Shape(C, D)),
                  manager.create(PlainLayers.flat(IMAGES), new Shape(3, D)),
                  manager.create(new long[] {0, 2, 1}),
                  manager.create((float) SCALE))
              .get(0)
              .toFloatArray();
      for (int i = 0; i < g.length; i++) {
        assertThat(Math.abs(g[i])).as("d loss / d w[%d]", i).isLessThan(100);
      }
      float[] offsets = Arrays.copyOfRange(g, g.length - C * D, g.length);
      assertThat(Arrays.copyOf(offsets, D)).containsExactly(new float[D], within(1e-12f));
      assertThat(Math.abs(offsets[D])).isGreaterThan(0.01f);
    }
  }

  private static double[][] keys(double[] w) {
    PlainLayers layers = new PlainLayers(w);
    double[][] a = TEXTS;
    for (int layer = 0; layer < 3; layer++) {
      a = PlainLayers.each(layers.batchNorm(layers.linear(a, D)), AlignedKeysTest::selu);
    }
    double[][] moved = layers.linear(a, D);
    double[][] offsets = layers.matrix(C, D);
    for (int c = 0; c < C; c++) {
      for (int k = 0; k < D; k++) {
        moved[c][k] += TEXTS[c][k] + offsets[c][k];
      }
    }
    assertThat(layers.taken()).isEqualTo(w.length);
    return PlainLayers.units(moved);
  }

  /** Klambauer et al. 2017, arXiv 1706.02515. */
  private static double selu(double x) {
    return 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));
  }

  private static double loss(double[] w) {
    double[][] keys = keys(w);
    double sum = 0;
    for (int n = 0; n < IMAGES.length; n++) {
      double all = 0;
      double own = 0;
      for (int c = 0; c < C; c++) {
        double logit = SCALE * (IMAGES[n][0] * keys[c][0] + IMAGES[n][1] * keys[c][1]);
        all += Math.exp(logit);
        own = c == LABELS[n] ? logit : own;
      }
      sum += (Math.log(all) - own) / IMAGES.length;
    }
    return sum;
  }
}
