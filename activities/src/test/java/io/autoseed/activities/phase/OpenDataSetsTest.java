package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    TreeMap<String, String> roots = new TreeMap<>(Map.of("made-up", file.toString()));
    run =
        new RunDocument(
            "run", "sequence", roots, "avx2", "test", "encode", 5, null, -1, null, List.of());
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
