package io.autoseed.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileZipTest {
  private static final DataSetOptions DOG =
      new DataSetOptions(Map.of("dog", List.of("a dog")), List.of(), null, null, null);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.png", "train/../../evil.png", "/etc/evil.png", "train\\dog\\evil.png",
        "C:/evil.png", "train//evil.png", "train/dog/e\u0000vil.png", "train/./dog/evil.png"
      })
  void an_entry_that_could_leave_the_folder_is_refused_by_name(String name) throws IOException {
    Path zip =
        DataSetFiles.zip(folder.resolve("set.zip"), Map.of(name, DataSetFiles.image("evil")));

    assertThatThrownBy(() -> DataSet.open(zip))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(zip + " names the file '")
        .hasMessageContaining("no plain path inside it");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(zip);
    }
  }

  @Test
  void a_bomb_is_refused_by_its_ratio_before_it_is_unpacked() throws IOException {
    byte[] zeros = new byte[8 << 20];
    Path zip = DataSetFiles.zip(folder.resolve("bomb.zip"), Map.of("train/dog/1.png", zeros));

    assertThat(Files.size(zip)).isLessThan(20_000);
    assertThatThrownBy(() -> DataSet.open(zip))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("'train/dog/1.png' unpacks from")
        .hasMessageContaining("to 8388608 bytes, more than 100 times");
  }

  @Test
  void an_entry_that_is_longer_than_it_says_is_refused() throws IOException {
    Path zip =
        DataSetFiles.zip(
            folder.resolve("liar.zip"),
            Map.of(
                "train/dog/1.png",
                DataSetFiles.image("x".repeat(5_000)),
                "test/dog/1.png",
                DataSetFiles.image("x".repeat(5_000))));
    byte[] bytes = Files.readAllBytes(zip);
    // The central directory's entry: uncompressed size at offset 24 from its signature.
    int central = DataSetFiles.indexOf(bytes, new byte[] {'P', 'K', 1, 2});
    bytes[central + 24] = 100;
    bytes[central + 25] = 0;
    Files.write(zip, bytes);

    requireRefused(zip, "has another size than it says; pack it again");
  }

  @Test
  void a_cut_or_scrambled_zip_is_refused() throws IOException {
    Path good =
        DataSetFiles.zip(
            folder.resolve("good.zip"),
            Map.of(
                "train/dog/1.png",
                DataSetFiles.image("one"),
                "test/dog/1.png",
                DataSetFiles.image("two")));
    byte[] bytes = Files.readAllBytes(good);
    Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length - 30));
    Path text = Files.write(folder.resolve("text.zip"), "no zip".getBytes(StandardCharsets.UTF_8));
    int packed = DataSetFiles.indexOf(bytes, "1.png".getBytes(StandardCharsets.UTF_8)) + 5;
    bytes[packed] = 7; // the deflate block type that there is not
    Path scrambled = Files.write(folder.resolve("scrambled.zip"), bytes);

    assertThatThrownBy(() -> DataSet.open(cut)).hasMessageContaining("is no readable zip");
    assertThatThrownBy(() -> DataSet.open(text)).hasMessageContaining("is no readable zip");
    requireRefused(scrambled, "/dog/1.png' cannot be unpacked");
  }

  @Test
  void a_flipped_bit_in_an_entry_that_still_unpacks_is_found_by_its_checksum() throws IOException {
    byte[] image = DataSetFiles.image("one");
    Path zip =
        DataSetFiles.storedZip(
            folder.resolve("flipped.zip"),
            Map.of("train/dog/1.png", image, "test/dog/1.png", DataSetFiles.image("two")));
    byte[] bytes = Files.readAllBytes(zip);
    bytes[DataSetFiles.indexOf(bytes, image) + image.length - 1] ^= 1;
    Files.write(zip, bytes);

    requireRefused(zip, "'train/dog/1.png' is damaged: it has another checksum");
  }

  /** Opens, but its images cannot be listed. */
  private static void requireRefused(Path zip, String message) {
    assertThatThrownBy(
            () -> {
              try (DataSet data = DataSet.open(zip)) {
                data.contents(DOG);
              }
            })
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(message);
  }

  @Test
  void an_entry_deeper_than_split_class_file_is_refused() throws IOException {
    Path zip =
        DataSetFiles.zip(
            folder.resolve("deep.zip"), Map.of("train/dog/more/1.png", DataSetFiles.image("x")));

    try (DataSet data = DataSet.open(zip)) {
      assertThatThrownBy(() -> data.contents(DOG))
          .hasMessageContaining("'train/dog/more/1.png' is not split/class/file");
    }
  }
}
