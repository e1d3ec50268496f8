package io.autoseed.learning.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.learning.shared.SharedFolder;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Real photographs, drawings and emoji against features that PyTorch and Pillow gave. */
class GoldenImagesTest {
  @Test
  void featuresLogitsAndTopClassOfRealImagesAreThoseOfTheReference() throws IOException {
    Path shared = SharedFolder.orSkip();
    Path golden = shared.resolve("golden/builtin");
    TensorBundle expected =
        SafeTensors.decode(Files.readAllBytes(golden.resolve("golden.safetensors")));
    List<byte[]> files = new ArrayList<>();
    List<String> top = new ArrayList<>();
    JsonNode described = new ObjectMapper().readTree(golden.resolve("golden.json").toFile());
    for (JsonNode image : described.path("images")) {
      files.add(file(shared, image));
      top.add(image.path("top1").asText());
    }
    try (BuiltinModel model = BuiltinModel.open(CacheFolder.path(), Device.cpu())) {
      float[] features = model.encodeImages(files).floats();
      assertThat(features).containsExactly(expected.get("image_features").floats(), within(1e-4f));
      float[] logits = logits(model, features);
      assertThat(logits).containsExactly(expected.get("image_logits").floats(), within(2e-3f));
      for (int i = 0; i < files.size(); i++) {
        assertThat(BuiltinModel.classNames().get(largest(logits, i * 1000, 1000)))
            .isEqualTo(top.get(i));
      }
    }
  }

  private static byte[] file(Path shared, JsonNode image) throws IOException {
    if (!image.has("zip")) {
      return Patterns.png(320, 240, 0);
    }
    Path path = shared.resolve("data").resolve(image.path("zip").asText());
    try (ZipFile zip = new ZipFile(path.toFile())) {
      byte[] file = zip.getInputStream(zip.getEntry(image.path("entry").asText())).readAllBytes();
      assertThat(Sha256.of(file)).isEqualTo(image.path("sha256").asText());
      return file;
    }
  }

  private static float[] logits(BuiltinModel model, float[] features) {
    float[] w = model.classifier().floats();
    float[] bias = model.classifierBias().floats();
    int width = model.imageWidth();
    float[] logits = new float[features.length / width * bias.length];
    for (int i = 0; i < logits.length; i++) {
      int c = i % bias.length;
      double sum = bias[c];
      for (int k = 0; k < width; k++) {
        sum += (double) w[c * width + k] * features[i / bias.length * width + k];
      }
      logits[i] = (float) sum;
    }
    return logits;
  }

  private static int largest(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = values[from + i] > values[from + best] ? i : best;
    }
    return best;
  }
}
