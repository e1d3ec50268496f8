package io.autoseed.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autoseed.learning.dataset.DataSetContents.ClassContents;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureSetTest {
  private static final short ONE = 0x3c00;
  private static final short HALF = 0x3800;
  private static final short MINUS_TWO = (short) 0xc000;

  @TempDir Path folder;

  @Test
  void a_domain_of_an_npz_is_a_data_set_of_its_own() throws IOException {
    try (DataSet data = DataSet.open(npz(arrays()))) {
      DataSetContents pets = data.contents(domain("pets"));

      assertThat(pets.features()).isTrue();
      assertThat(pets.classes()).extracting(ClassContents::name).containsExactly("dog", "cat");
      assertThat(pets.named("cat").orElseThrow().texts()).containsExactly("a photo of a cat.");
      assertThat(pets.named("dog").orElseThrow().train())
          .extracting(FileDocument::path)
          .containsExactly("row/0");
      assertThat(data.contents(domain("toys")).digest()).isNotEqualTo(pets.digest());
      assertThat(data.imageWidth()).isEqualTo(2);
      assertThat(data.textWidth()).isEqualTo(3);
    }
  }

  @Test
  void rows_are_read_exactly_and_checked() throws IOException {
    try (DataSet data = DataSet.open(npz(arrays()))) {
      FileDocument row = data.contents(domain("pets")).classes().get(0).test().get(0);

      assertThat(row.path()).isEqualTo("row/1");
      assertThat(data.features(row)).containsExactly(0.5f, -2f);
      assertThatThrownBy(() -> data.features(new FileDocument("row/0", row.sha256())))
          .isInstanceOf(DataSetException.class)
          .hasMessageContaining("row 0 has changed");
      for (String path : List.of("row/6", "row/-1", "row/99999999999", "rows", "../x")) {
        assertThatThrownBy(() -> data.features(new FileDocument(path, row.sha256())))
            .isInstanceOf(DataSetException.class)
            .hasMessageContaining("it has 6 rows");
      }
    }
  }

  @Test
  void the_embedding_of_a_class_is_the_unit_mean_of_its_texts_embeddings() throws IOException {
    try (DataSet data = DataSet.open(npz(arrays()))) {
      ClassDocument both =
          new ClassDocument(
              "dog", 0, List.of("a photo of a dog.", "a photo of a cat."), List.of(), List.of());

      float expected = (float) Math.sqrt(0.5);
      assertThat(data.textEmbedding(both)).containsExactly(new float[] {expected, expected, 0});
      ClassDocument unknown =
          new ClassDocument("dog", 0, List.of("a photo of a wolf."), List.of(), List.of());
      assertThatThrownBy(() -> data.textEmbedding(unknown))
          .hasMessageContaining("holds no embedding of 'a photo of a wolf.'");
    }
  }

  @Test
  void the_digest_follows_the_texts_embeddings() throws IOException {
    Map<String, byte[]> changed = arrays();
    changed.put("text.npy", NpyFiles.floats(3, 1, 0, 0, 0, 0.6f, 0.8f, 0, 0, 1));

    try (DataSet one = DataSet.open(npz(arrays()));
        DataSet two = DataSet.open(npz(changed, "changed.npz"))) {
      assertThat(two.contents(domain("pets")).digest())
          .isNotEqualTo(one.contents(domain("pets")).digest());
      assertThat(two.contents(domain("toys")).digest())
          .isEqualTo(one.contents(domain("toys")).digest());
    }
  }

  @Test
  void a_domain_must_be_chosen_where_there_are_several() throws IOException {
    try (DataSet data = DataSet.open(npz(arrays()))) {
      assertThatThrownBy(data::digest)
          .hasMessageContaining("holds the domains [pets, toys]; choose one with domain:");
      assertThatThrownBy(() -> data.contents(domain("cars")))
          .hasMessageContaining("has no domain 'cars', only [pets, toys]");
    }
  }

  @Test
  void safetensors_with_a_json_beside_hold_the_same() throws IOException {
    Path file = folder.resolve("pets.safetensors");
    Files.write(
        file,
        SafeTensors.encode(
            TensorBundle.of(
                Map.of(
                    "image", Tensor.of(new float[] {1, 1, 0.5f, -2, 0, 1, 1, 0}, 4, 2),
                    "label", Tensor.of(new int[] {0, 0, 1, 1}, 4),
                    "train", Tensor.ofBytes(ElementType.U8, new byte[] {1, 0, 1, 0}, 4),
                    "text", Tensor.of(new float[] {1, 0, 0, 0, 1, 0}, 2, 3)))));
    Files.writeString(
        folder.resolve("pets.json"),
        "{\"class_text\":[\"dog\",\"cat\"],\"prompt\":[\"a dog.\",\"a cat.\"],"
            + "\"licence\":\"CC0\"}");

    try (DataSet data = DataSet.open(file)) {
      DataSetContents contents = data.contents(DataSetOptions.NONE);
      assertThat(contents.licence()).isEqualTo("CC0");
      assertThat(contents.classes()).hasSize(2);
      assertThat(data.features(contents.classes().get(0).test().get(0))).containsExactly(0.5f, -2f);
    }
  }

  @Test
  void arrays_that_do_not_fit_each_other_are_refused_by_name() throws IOException {
    refuse("label.npy", NpyFiles.ints(0, 0, 1, 1, 2), "label has 5 entries for 6 rows of image");
    refuse("label.npy", NpyFiles.ints(0, 0, 1, 1, 2, 3), "a label is 3, but there are 3 classes");
    refuse("label.npy", NpyFiles.ints(0, 0, 1, 1, 2, -1), "a label is -1");
    refuse("label.npy", NpyFiles.floats(6, new float[6]), "label holds F32; save integers");
    refuse("prompt.npy", NpyFiles.strings("a", "b"), "prompt has 2 entries for 3");
    refuse("prompt.npy", NpyFiles.strings("a", "", "c"), "class 1 has no text");
    refuse("image.npy", NpyFiles.ints(1, 2, 3), "expected a float16 or float32 matrix");
    refuse("text.npy", null, "has no array 'text'; add it");
  }

  @Test
  void hostile_arrays_are_refused_without_unpickling_or_allocating() throws IOException {
    byte[] pickle = "\u0080\u0003cos\nsystem\n".getBytes(StandardCharsets.UTF_8);
    refuse("prompt.npy", NpyFiles.array("|O", "(3,)", pickle), "holds pickled objects");
    refuse("image.npy", NpyFiles.array("<f2", "(1000000000, 1000000000)", new byte[9]), "f2");
    refuse("image.npy", NpyFiles.array("<f2", "(99999999999999,)", new byte[9]), "too large");
    refuse("image.npy", NpyFiles.array("<f4", "(6, 2)", new byte[47]), "48 bytes, but holds 47");
    refuse("image.npy", NpyFiles.array(">f4", "(6, 2)", new byte[48]), "big-endian");
    refuse("image.npy", NpyFiles.array("<c8", "(6,)", new byte[48]), "element type 'c8'");
    refuse("image.npy", NpyFiles.array("<U999999", "(6,)", new byte[48]), "but holds 48");
    refuse("image.npy", NpyFiles.raw("{'descr': [('a', '<f4')]}", new byte[4]), "npy header");
    refuse("image.npy", new byte[] {1, 2, 3}, "is no npy array");
    byte[] whole = arrays().get("image.npy");
    for (int length = 0; length < whole.length; length += 7) {
      refuse("image.npy", Arrays.copyOf(whole, length), "image");
    }
  }

  @Test
  void a_truncated_npz_is_refused() throws IOException {
    byte[] bytes = Files.readAllBytes(npz(arrays()));
    Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(bytes, 500));

    assertThatThrownBy(() -> DataSet.open(cut))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("cut.npz is no readable zip");
  }

  @Test
  void a_row_that_is_no_number_is_refused_before_anything_is_submitted() throws IOException {
    Map<String, byte[]> arrays = arrays();
    short nan = 0x7e00;
    arrays.put(
        "image.npy",
        NpyFiles.halves(6, nan, ONE, HALF, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE, ONE));

    try (DataSet data = DataSet.open(npz(arrays))) {
      assertThatThrownBy(() -> data.contents(domain("pets")))
          .isInstanceOf(DataSetException.class)
          .hasMessageContaining("row 0 of image holds NaN");
    }
  }

  @Test
  void a_text_embedding_that_is_no_number_is_refused_before_anything_is_submitted()
      throws IOException {
    Map<String, byte[]> arrays = arrays();
    arrays.put("text.npy", NpyFiles.floats(3, 1, 0, 0, 0, Float.NaN, 0, 0, 0, 1));

    try (DataSet data = DataSet.open(npz(arrays))) {
      assertThatThrownBy(() -> data.contents(domain("pets")))
          .isInstanceOf(DataSetException.class)
          .hasMessageContaining("row 1 of text holds NaN");
    }
  }

  @Test
  void a_flipped_bit_in_an_array_that_still_unpacks_is_found_by_its_checksum() throws IOException {
    byte[] image = arrays().get("image.npy");
    Path file = DataSetFiles.storedZip(folder.resolve("flipped.npz"), arrays());
    byte[] bytes = Files.readAllBytes(file);
    bytes[DataSetFiles.indexOf(bytes, image) + image.length - 1] ^= 1; // -2 becomes -2.5
    Files.write(file, bytes);

    assertThatThrownBy(
            () -> {
              try (DataSet data = DataSet.open(file)) {
                data.contents(domain("pets"));
              }
            })
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("image.npy' is damaged: it has another checksum");
  }

  @Test
  void rows_of_zeros_of_the_classes_chosen_are_remarked_on() throws IOException {
    Map<String, byte[]> arrays = arrays();
    short zero = 0;
    short minusZero = (short) 0x8000;
    arrays.put(
        "image.npy",
        NpyFiles.halves(
            6, ONE, ONE, zero, minusZero, HALF, zero, zero, zero, zero, zero, ONE, MINUS_TWO));
    Path file = npz(arrays);

    try (DataSet data = DataSet.open(file);
        DataSet other = DataSet.open(npz(arrays(), "other.npz"))) {
      assertThat(data.contents(domain("pets")).remarks())
          .singleElement()
          .asString()
          .startsWith(file + ": 2 of 4 rows of image are all zeros, the first is row 1: ")
          .contains("are learned and tested as examples of their classes");
      assertThat(other.contents(domain("pets")).remarks()).isEmpty();
    }
  }

  @Test
  void every_half_converts_exactly() {
    assertThat(HalfPrecision.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(HalfPrecision.toFloat((short) 0x03ff)).isEqualTo(1023 * 0x1p-24f);
    assertThat(HalfPrecision.toFloat((short) 0x0400)).isEqualTo(0x1p-14f);
    assertThat(HalfPrecision.toFloat((short) 0x7bff)).isEqualTo(65504f);
    assertThat(HalfPrecision.toFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(HalfPrecision.toFloat((short) 0x7e00)).isNaN();
    assertThat(Float.floatToRawIntBits(HalfPrecision.toFloat((short) 0x8000)))
        .isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(HalfPrecision.toFloat((short) 0x3555)).isCloseTo(1 / 3f, within(2e-4f));
  }

  @Test
  void the_features_of_seven_real_domains_can_be_read() {
    String shared =
        System.getProperty(
            "autoseed.shared", System.getenv().getOrDefault("AUTOSEED_SHARED", "../../shared"));
    Path file = Path.of(shared, "data", "features-efficientnet-lite0.npz");
    assumeTrue(Files.exists(file), "the larger data is not here");

    try (DataSet data = DataSet.open(file)) {
      DataSetContents clothing = data.contents(domain("clothing"));
      assertThat(clothing.classes()).hasSize(10);
      assertThat(data.imageWidth()).isEqualTo(1280);
      assertThat(data.textWidth()).isEqualTo(384);
      for (ClassContents one : clothing.classes()) {
        assertThat(one.train()).hasSizeBetween(1, 40);
        assertThat(one.test()).hasSizeBetween(1, 15);
        assertThat(data.features(one.train().get(0))).hasSize(1280);
      }
    }
  }

  private void refuse(String entry, byte[] array, String expected) throws IOException {
    Map<String, byte[]> arrays = arrays();
    arrays.put(entry, array);
    arrays.values().removeIf(Objects::isNull);
    Path file = npz(arrays, "bad.npz");

    assertThatThrownBy(() -> DataSet.open(file))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(expected);
  }

  private static DataSetOptions domain(String name) {
    return new DataSetOptions(Map.of(), List.of(), name, null, null);
  }

  private Path npz(Map<String, byte[]> arrays) throws IOException {
    return npz(arrays, "good.npz");
  }

  private Path npz(Map<String, byte[]> arrays, String name) throws IOException {
    return DataSetFiles.zip(folder.resolve(name), arrays);
  }

  /** Two classes of pets and one of toys, each with a row for training and one for testing. */
  private static Map<String, byte[]> arrays() {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put(
        "image.npy",
        NpyFiles.halves(
            6, ONE, ONE, HALF, MINUS_TWO, HALF, ONE, ONE, HALF, HALF, HALF, ONE, MINUS_TWO));
    arrays.put("label.npy", NpyFiles.ints(0, 0, 1, 1, 2, 2));
    arrays.put("train.npy", NpyFiles.flags(true, false, true, false, true, false));
    arrays.put("domain.npy", NpyFiles.strings("pets", "pets", "toys"));
    arrays.put("class_text.npy", NpyFiles.strings("dog", "cat", "ball"));
    arrays.put(
        "prompt.npy",
        NpyFiles.strings("a photo of a dog.", "a photo of a cat.", "a photo of a ball."));
    arrays.put("text.npy", NpyFiles.floats(3, 1, 0, 0, 0, 1, 0, 0, 0, 1));
    return arrays;
  }
}
