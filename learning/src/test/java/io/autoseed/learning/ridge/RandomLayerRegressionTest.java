package io.autoseed.learning.ridge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomLayerRegressionTest {
  private static final int WIDTH = 7;
  private static final RandomLayer LAYER = new RandomLayer(Regressions.RANDOM_SEED, WIDTH);
  private static final Tensor KEYS =
      Tensor.of(new double[] {1, -2, 3, 0.5, 0, 1, 2, 2, 1, 0, -1, 0.25, 4, 1}, 2, WIDTH);

  @Test
  void two_classifications_draw_the_layer_once_and_get_what_each_would_have_drawn() {
    List<Integer> draws = new ArrayList<>();
    Regression regression =
        new RandomLayerRegression(
            d -> {
              draws.add(d);
              return LAYER.weights(d);
            },
            KEYS);
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      for (Tensor images : List.of(images(4), images(9))) {
        double[] alone =
            LAYER
                .features(manager, images)
                .matMul(NdArrays.toArray(manager, KEYS).transpose())
                .toDoubleArray();
        assertThat(regression.predicted(manager, images).toDoubleArray()).isEqualTo(alone);
      }
    }
    assertThat(draws).containsExactly(3);
  }

  /** float32 [n, 3]. */
  private static Tensor images(int n) {
    return Tensor.of(CounterRandom.of(5, 0, "images", n).gaussians(3 * n), n, 3);
  }
}
