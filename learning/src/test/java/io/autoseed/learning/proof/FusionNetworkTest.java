package io.autoseed.learning.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against PyTorch's own modules, which let every image go through the attention with all its
 * tokens: {@code golden.py} beside the expected values.
 */
class FusionNetworkTest {
  private static final int D = 6;
  private static final int CLASSES = 3;
  private static final int IMAGES = 4;
  private static final int NEW_PROMPTS = 2;
  private static final int PAIR = 2 * (D * D + D);
  private static final int ATTENTION = 4 * D * D + 3 * D;
  private static final double SCALE = 10;

  private final Tensor images = units(waves(0.3, 1.7, 1, IMAGES * D));
  private final Tensor texts = units(waves(1.1, 2.3, 1, (CLASSES + 1) * D));
  private final Tensor means = rows(waves(2.9, 0.9, 0.5, CLASSES * D));
  private final float[] vector = waves(0.2, 1.1, 0.8, PAIR + ATTENTION + NEW_PROMPTS * D);
  private final ProjectionFusion before =
      new ProjectionFusion(
          Tensor.of(waves(0.7, 1.3, 0.3, PAIR), PAIR),
          Tensor.of(new float[ATTENTION], ATTENTION),
          rows(waves(1.9, 2.1, 1, (2 + NEW_PROMPTS) * D)));

  private NDManager manager;
  private JsonNode golden;

  @BeforeEach
  void read() throws IOException {
    manager = Torch.newManager(Device.cpu());
    try (InputStream in = FusionNetworkTest.class.getResourceAsStream("golden.json")) {
      golden = new ObjectMapper().readTree(in);
    }
  }

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void loss_and_gradient_are_those_of_the_whole_attention_under_autograd() {
    NDList result =
        new FusionNetwork(manager, before, learnedTexts(), means, SCALE)
            .gradient(
                NdArrays.toArray(manager, images),
                manager.create(new long[] {2, 0, 1, 2}),
                manager.create(vector));
    assertThat((double) result.get(1).getFloat())
        .isCloseTo(golden.get("loss").asDouble(), within(1e-4));
    assertClose(result.get(0), "gradient");
  }

  @Test
  void scores_are_the_sums_of_the_matchings_and_thrice_the_projected_one_of_a_class_to_come() {
    ProjectionFusion learned = before.with(vector);
    FusionNetwork network = new FusionNetwork(manager, learned, texts, means, SCALE);
    assertClose(network.scores(NdArrays.toArray(manager, images), network.context()), "scores");
  }

  /** Before the first step its matchings are 0 whatever the projections are. */
  @Test
  void an_image_without_a_direction_moves_no_projection() {
    float[] attention = Arrays.copyOf(waves(0.4, 1.9, 0.6, 3 * D * D), ATTENTION);
    Arrays.fill(attention, ATTENTION - 2 * D, ATTENTION - D, 1); // of the layer normalisation
    ProjectionFusion start =
        new ProjectionFusion(
            Tensor.of(new float[PAIR], PAIR), Tensor.of(attention, ATTENTION), before.prompts());
    FusionNetwork network = new FusionNetwork(manager, start, learnedTexts(), means, SCALE);
    NDArray weights = manager.create(start.trained(NEW_PROMPTS));
    Tensor image = Rows.select(images, new int[] {0});
    Tensor both = Rows.append(image, Tensor.of(new float[D], 1, D));
    float[] alone =
        network
            .gradient(NdArrays.toArray(manager, image), manager.create(new long[] {2}), weights)
            .get(0)
            .toFloatArray();
    float[] beside =
        network
            .gradient(NdArrays.toArray(manager, both), manager.create(new long[] {2, 0}), weights)
            .get(0)
            .toFloatArray();
    double length = 0;
    for (int i = 0; i < PAIR; i++) {
      assertThat(beside[i]).as("gradient %d", i).isCloseTo(alone[i] / 2, within(1e-5f));
      length += Math.abs(alone[i]);
    }
    assertThat(length).isGreaterThan(1);
    for (float value : beside) {
      assertThat(value).isFinite();
    }
  }

  private void assertClose(NDArray found, String name) {
    float[] values = found.toFloatArray();
    JsonNode expected = golden.get(name);
    assertThat(values).hasSize(expected.size());
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i])
          .as("%s %d", name, i)
          .isCloseTo(expected.get(i).asDouble(), within(2e-4));
    }
  }

  private Tensor learnedTexts() {
    return Rows.select(texts, new int[] {0, 1, 2});
  }

  private static float[] waves(double start, double step, double factor, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (factor * Math.sin(start + step * i));
    }
    return values;
  }

  private static Tensor rows(float[] values) {
    return Tensor.of(values, values.length / D, D);
  }

  private static Tensor units(float[] values) {
    float[] units = values.clone();
    for (int from = 0; from < units.length; from += D) {
      float[] row = Arrays.copyOfRange(values, from, from + D);
      double square = 0;
      for (float value : row) {
        square += (double) value * value;
      }
      for (int k = 0; k < D; k++) {
        units[from + k] = (float) (row[k] / Math.sqrt(square));
      }
    }
    return rows(units);
  }
}
