package io.autoseed.learning.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.learning.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignmentTest {
  private static final int CLASSES = 30;
  private static final int IMAGE = 20;
  private static final int TEXT = 12;
  private static final int WIDTH = 8;
  private static final Tensor CLASSIFIER = waves(CLASSES, IMAGE, 0.37);
  private static final Tensor NAMES = waves(CLASSES, TEXT, 0.91);
  private static final Alignment ALIGNMENT = Alignment.compute(CLASSIFIER, NAMES, WIDTH);

  @Test
  void theColumnsOfTheProjectionAreOrthonormal() {
    float[] p = ALIGNMENT.projection().floats();
    for (int a = 0; a < WIDTH; a++) {
      for (int b = 0; b < WIDTH; b++) {
        double dot = 0;
        for (int i = 0; i < IMAGE; i++) {
          dot += (double) p[i * WIDTH + a] * p[i * WIDTH + b];
        }
        assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
  }

  @Test
  void columnsAreInTheOrderOfTheirSingularValues() {
    double[][] wn = centredUnitRows(CLASSIFIER);
    float[] p = ALIGNMENT.projection().floats();
    double before = Double.MAX_VALUE;
    for (int column = 0; column < WIDTH; column++) {
      double squared = 0;
      for (double[] row : wn) {
        double dot = 0;
        for (int i = 0; i < IMAGE; i++) {
          dot += row[i] * p[i * WIDTH + column];
        }
        squared += dot * dot;
      }
      assertThat(squared).isLessThanOrEqualTo(before + 1e-6);
      before = squared;
    }
  }

  @Test
  void theLargestComponentOfEachColumnIsPositive() {
    float[] p = ALIGNMENT.projection().floats();
    for (int column = 0; column < WIDTH; column++) {
      float largest = 0;
      for (int i = 0; i < IMAGE; i++) {
        float value = p[i * WIDTH + column];
        largest = Math.abs(value) > Math.abs(largest) ? value : largest;
      }
      assertThat(largest).isPositive();
    }
  }

  @Test
  void theTextMapSolvesItsRidgeEquation() {
    double[][] b = centredUnitRows(NAMES);
    double[][] wn = centredUnitRows(CLASSIFIER);
    float[] p = ALIGNMENT.projection().floats();
    float[] m0 = ALIGNMENT.textMap().floats();
    // (B'B + I) M0 = B' norm(Wn P)
    for (int t = 0; t < TEXT; t++) {
      for (int d = 0; d < WIDTH; d++) {
        double left = m0[t * WIDTH + d];
        double right = 0;
        for (int c = 0; c < CLASSES; c++) {
          for (int s = 0; s < TEXT; s++) {
            left += b[c][t] * b[c][s] * m0[s * WIDTH + d];
          }
          right += b[c][t] * unit(project(wn[c], p))[d];
        }
        assertThat(left).isCloseTo(right, within(1e-5));
      }
    }
  }

  @Test
  void imagesAndTextsBecomeUnitRowsByTheFormulas() {
    Tensor centre = ALIGNMENT.centre(CLASSIFIER);
    float[] images = ALIGNMENT.images(CLASSIFIER, centre).floats();
    float[] texts = ALIGNMENT.texts(NAMES).floats();
    double[][] wn = centredUnitRows(CLASSIFIER);
    double[][] b = centredUnitRows(NAMES);
    for (int c = 0; c < CLASSES; c++) {
      double[] image = unit(project(wn[c], ALIGNMENT.projection().floats()));
      double[] text = unit(project(b[c], ALIGNMENT.textMap().floats()));
      for (int d = 0; d < WIDTH; d++) {
        assertThat(images[c * WIDTH + d]).isCloseTo((float) image[d], within(1e-5f));
        assertThat(texts[c * WIDTH + d]).isCloseTo((float) text[d], within(1e-5f));
      }
    }
  }

  @Test
  void computingItTwiceGivesTheSameDigest() {
    Alignment again = Alignment.compute(CLASSIFIER, NAMES, WIDTH);
    assertThat(again.digest()).isEqualTo(ALIGNMENT.digest()).hasSize(64);
    Alignment other = Alignment.compute(waves(CLASSES, IMAGE, 0.38), NAMES, WIDTH);
    assertThat(other.digest()).isNotEqualTo(ALIGNMENT.digest());
  }

  @Test
  void itIsComputedOnceAndAgainOnlyWhenItsFileIsDamaged(@TempDir Path folder) throws IOException {
    AtomicInteger computed = new AtomicInteger();
    SortedMap<String, String> inputs = new TreeMap<>();
    inputs.put("classifier", "c");
    for (int i = 0; i < 3; i++) {
      Alignment kept = kept(folder, inputs, computed);
      assertThat(kept.digest()).isEqualTo(ALIGNMENT.digest());
    }
    assertThat(computed).hasValue(1);
    try (Stream<Path> files = Files.list(folder)) {
      Path artifact =
          files.filter(f -> f.toString().endsWith(".safetensors")).findAny().orElseThrow();
      byte[] bytes = Files.readAllBytes(artifact);
      bytes[bytes.length - 1] ^= 1;
      Files.write(artifact, bytes);
    }
    assertThat(kept(folder, inputs, computed).digest()).isEqualTo(ALIGNMENT.digest());
    assertThat(computed).hasValue(2);
    inputs.put("classifier", "another");
    kept(folder, inputs, computed);
    assertThat(computed).hasValue(3);
  }

  @Test
  void aFolderThatTakesNoFileCostsTimeAndIsToldOf(@TempDir Path folder) throws IOException {
    Path taken = Files.createFile(folder.resolve("taken"));
    AtomicInteger computed = new AtomicInteger();
    List<String> told = new ArrayList<>();
    AlignmentCache cache = new AlignmentCache(taken, told::add);

    for (int i = 0; i < 2; i++) {
      assertThat(kept(cache, new TreeMap<>(), computed).digest()).isEqualTo(ALIGNMENT.digest());
    }

    assertThat(computed).hasValue(2);
    assertThat(told).hasSize(2).allSatisfy(line -> assertThat(line).contains(taken.toString()));
  }

  @Test
  void aFileThatCannotBeReplacedLeavesNoOtherBehind(@TempDir Path folder) throws IOException {
    SortedMap<String, String> inputs = new TreeMap<>();
    AtomicInteger computed = new AtomicInteger();
    kept(folder, inputs, computed);
    List<Path> before = files(folder);
    Path inTheWay =
        before.stream().filter(f -> f.toString().endsWith(".safetensors")).findAny().orElseThrow();
    Files.delete(inTheWay);
    Files.createFile(Files.createDirectory(inTheWay).resolve("file"));

    kept(folder, inputs, computed);

    assertThat(files(folder)).isEqualTo(before);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    assertThatThrownBy(() -> ALIGNMENT.texts(CLASSIFIER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width 12");
    assertThatThrownBy(() -> Alignment.compute(CLASSIFIER, NAMES, 21))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width 21");
  }

  private static Alignment kept(
      Path folder, SortedMap<String, String> inputs, AtomicInteger computed) {
    return kept(new AlignmentCache(folder, Progress.SILENT), inputs, computed);
  }

  private static Alignment kept(
      AlignmentCache cache, SortedMap<String, String> inputs, AtomicInteger computed) {
    return cache.get(
        inputs,
        () -> {
          computed.incrementAndGet();
          return ALIGNMENT;
        });
  }

  private static Tensor waves(int rows, int columns, double frequency) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) StrictMath.sin(1 + frequency * i * (1 + i % 7));
    }
    return Tensor.of(values, rows, columns);
  }

  private static double[][] centredUnitRows(Tensor tensor) {
    float[] values = tensor.floats();
    int columns = tensor.size(1);
    double[][] rows = new double[tensor.size(0)][columns];
    double[] mean = new double[columns];
    for (int i = 0; i < values.length; i++) {
      mean[i % columns] += values[i] / (double) rows.length;
    }
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns; c++) {
        rows[r][c] = values[r * columns + c] - mean[c];
      }
      rows[r] = unit(rows[r]);
    }
    return rows;
  }

  private static double[] project(double[] row, float[] map) {
    int width = map.length / row.length;
    double[] result = new double[width];
    for (int i = 0; i < row.length; i++) {
      for (int d = 0; d < width; d++) {
        result[d] += row[i] * map[i * width + d];
      }
    }
    return result;
  }

  private static double[] unit(double[] row) {
    double squares = 0;
    for (double v : row) {
      squares += v * v;
    }
    double[] result = row.clone();
    for (int i = 0; i < row.length; i++) {
      result[i] /= Math.sqrt(squares);
    }
    return result;
  }
}
