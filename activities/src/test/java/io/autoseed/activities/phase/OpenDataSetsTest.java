package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.dataset.DataSetException;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDataSetsTest {
  @TempDir Path folder;
  private Path file;
  private RunDocument run;

  @BeforeEach
  void writeDataSet() throws IOException {
    file = folder.resolve("features.safetensors");
    Files.writeString(
        folder.resolve("features.json"),
        "{\"class_text\":[\"a\",\"b\"],\"prompt\":[\"a\",\"b\"],\"licence\":\"CC0-1.0\"}");
    write(4);
    run = run(file);
  }

  private static RunDocument run(Path root) {
    TreeMap<String, String> roots = new TreeMap<>(Map.of("made-up", root.toString()));
    return new RunDocument(
        "run",
        "sequence",
        roots,
        "avx2",
        "test",
        "encode",
        5,
        null,
        -1,
        null,
        null,
        false,
        List.of());
  }

  private void write(int width) throws IOException {
    Files.write(
        file,
        SafeTensors.encode(
            TensorBundle.of(
                Map.of(
                    "image", Tensor.of(new float[4 * width], 4, width),
                    "label", Tensor.of(new int[] {0, 1, 0, 1}, 4),
                    "train", Tensor.of(new int[] {1, 1, 0, 0}, 4),
                    "text", Tensor.of(new float[2 * width], 2, width)))));
  }

  @Test
  void aDataSetIsOpenedOnce() {
    try (OpenDataSets open = new OpenDataSets()) {
      DataSet first = open.with(run, "made-up", dataSet -> dataSet);

      assertThat(open.<DataSet>with(run, "made-up", dataSet -> dataSet)).isSameAs(first);
    }
  }

  @Test
  void aReplacedFileIsReadAnew() throws IOException {
    try (OpenDataSets open = new OpenDataSets()) {
      assertThat(open.<Integer>with(run, "made-up", DataSet::imageWidth)).isEqualTo(4);

      write(6);

      assertThat(open.<Integer>with(run, "made-up", DataSet::imageWidth)).isEqualTo(6);
    }
  }

  @Test
  void aFileThatIsBrokenForAWhileIsReadOnWhenItIsBack() throws IOException {
    byte[] image = {1, 2, 3};
    FileDocument document = new FileDocument("train/cat/0.png", CanonicalJson.sha256(image));
    Path zip = zip(document.path(), image);
    Path aside = folder.resolve("aside");
    RunDocument reading = run(zip);
    try (OpenDataSets open = new OpenDataSets()) {
      assertThat(open.<byte[]>with(reading, "made-up", set -> set.read(document))).isEqualTo(image);
      Files.move(zip, aside);
      Files.writeString(zip, "no zip");
      assertThatThrownBy(() -> open.with(reading, "made-up", set -> set.read(document)))
          .isInstanceOf(DataSetException.class)
          .hasMessageContaining("is no readable zip");

      Files.move(aside, zip, StandardCopyOption.REPLACE_EXISTING);

      assertThat(open.<byte[]>with(reading, "made-up", set -> set.read(document))).isEqualTo(image);
    }
  }

  private Path zip(String entry, byte[] bytes) throws IOException {
    Path zip = folder.resolve("images.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(bytes);
      out.closeEntry();
    }
    return zip;
  }

  @Test
  void aReaderKeepsTheDataSetThatItBeganWith() throws IOException {
    try (OpenDataSets open = new OpenDataSets()) {
      int width =
          open.with(
              run,
              "made-up",
              dataSet -> {
                touch();
                assertThat(open.<DataSet>with(run, "made-up", other -> other)).isNotSameAs(dataSet);
                return dataSet.imageWidth();
              });

      assertThat(width).isEqualTo(4);
    }
  }

  private void touch() {
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
