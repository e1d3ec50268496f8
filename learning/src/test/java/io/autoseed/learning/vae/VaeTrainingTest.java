package io.autoseed.learning.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.network.PlainLayers;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against the loss and the decoder in plain loops. */
class VaeTrainingTest {
  private static final VaeShape SHAPE = new VaeShape(3, 4, 2);
  private static final int N = 5;

  private final double[] w = drawn("weights", SHAPE.layout().size())[0];
  private final double[][] x = PlainLayers.rows(floats("rows", N * 3), 3);
  private final double[][] noise = PlainLayers.rows(floats("noise", N * 2), 2);

  @Test
  void the_loss_is_the_squared_miss_and_the_divergence_and_the_gradient_is_its_own() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDList found = gradient(manager);
      assertThat((double) found.get(1).getFloat()).isCloseTo(loss(w), within(1e-4));
      float[] g = found.get(0).toFloatArray();
      assertThat(g).hasSize(w.length);
      for (int i = 0; i < w.length; i++) {
        double[] up = w.clone();
        double[] down = w.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        assertThat((double) g[i])
            .as("d loss / d w[%d]", i)
            .isCloseTo((loss(up) - loss(down)) / 2e-5, within(2e-3));
      }
    }
  }

  private NDList gradient(NDManager manager) {
    return VaeScripts.MODULE.differentiate(
        "gradient",
        new NDList(
            manager.create(PlainLayers.flat(w)),
            manager.create(PlainLayers.flat(x), new Shape(N, 3)),
            manager.create(PlainLayers.flat(noise), new Shape(N, 2)),
            manager.create(new long[] {4, 3})));
  }

  private double loss(double[] parameters) {
    PlainLayers layers = new PlainLayers(parameters);
    double[][] a = x;
    for (int layer = 0; layer < 2; layer++) {
      a = PlainLayers.each(layers.batchNorm(layers.linear(a, 4)), PlainLayers::leaky);
    }
    double[][] code = layers.linear(a, 4);
    double[][] z = new double[N][2];
    double total = 0;
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 2; k++) {
        double mu = code[n][k];
        double s = code[n][2 + k];
        z[n][k] = mu + Math.exp(s / 2) * noise[n][k];
        total += (Math.exp(s) + mu * mu - 1 - s) / 2;
      }
    }
    double[][] answer = decoded(layers, z);
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < 3; k++) {
        total += (x[n][k] - answer[n][k]) * (x[n][k] - answer[n][k]) / 2;
      }
    }
    return total / N;
  }

  private static double[][] decoded(PlainLayers layers, double[][] z) {
    double[][] a = z;
    for (int layer = 0; layer < 2; layer++) {
      a = PlainLayers.each(layers.linear(a, 4), PlainLayers::leaky);
    }
    return layers.linear(a, 3);
  }

  @Test
  void what_is_drawn_are_the_decoder_s_answers_scaled_back_to_unit_rows() {
    double[] decoder = Arrays.copyOfRange(w, w.length - SHAPE.decoder().size(), w.length);
    float[] centre = {1, -2, 0.5f};
    float[] scale = {0.5f, 2, 1};
    double[][] expected = decoded(new PlainLayers(decoder), noise);
    for (double[] row : expected) {
      for (int k = 0; k < 3; k++) {
        row[k] = row[k] * scale[k] + centre[k];
      }
    }
    Decoder drawing =
        new Decoder(
            SHAPE,
            Tensor.of(PlainLayers.flat(decoder), decoder.length),
            new Standardisation(Tensor.of(centre, 3), Tensor.of(scale, 3)));
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      assertThat(drawing.draw(manager, PlainLayers.flat(noise)).toFloatArray())
          .containsExactly(PlainLayers.flat(PlainLayers.units(expected)), within(1e-5f));
    }
  }

  @Test
  void rows_come_back_from_their_z_scores_and_a_constant_coordinate_stays_its_own() {
    Tensor rows = Tensor.of(new float[] {1, 5, 2, 5, 6, 5}, 3, 2);
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      Standardisation standard = Standardisation.of(manager, rows);
      float deviation = (float) Math.sqrt(7);
      assertThat(standard.centre().floats()).containsExactly(3, 5);
      assertThat(standard.scale().floats()).containsExactly(deviation, 0);
      NDArray z = standard.forth(manager, rows);
      assertThat(z.toFloatArray())
          .containsExactly(
              new float[] {-2 / deviation, 0, -1 / deviation, 0, 3 / deviation, 0}, within(1e-6f));
      assertThat(standard.back(manager, z.add(manager.create(new float[] {0, 9}))).toFloatArray())
          .containsExactly(rows.floats(), within(1e-6f));
    }
  }

  private static float[] floats(String name, int count) {
    return CounterRandom.of(3, 0, name, 0).gaussians(count);
  }

  private static double[][] drawn(String name, int count) {
    double[][] values = PlainLayers.rows(floats(name, count), count);
    for (int i = 0; i < count; i++) {
      values[0][i] *= 0.5;
    }
    return values;
  }
}
