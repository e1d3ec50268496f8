package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.CacheFolder;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedCommandTest {
  private static final Path IMAGES = Path.of("../samples/data/fashion/test/bag");

  @TempDir private Path folder;

  @Test
  void theFileHoldsARowOfTheTrunkForEachImageAndText() throws Exception {
    List<Path> images;
    try (Stream<Path> found = Files.list(IMAGES)) {
      images = found.sorted().limit(2).toList();
    }
    Path out = folder.resolve("bags.safetensors");

    CommandRun run =
        CommandRun.in(
            folder,
            "embed",
            "--model",
            "builtin",
            "--image",
            images.get(0).toString(),
            "--text",
            "a bag",
            "--image",
            images.get(1).toString(),
            "--out",
            out.toString(),
            "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.at("/tensors/image").toString()).isEqualTo("[2,1280]");
    assertThat(document.at("/images/1/image").textValue()).isEqualTo(images.get(1).toString());
    TensorBundle written = SafeTensors.decode(Files.readAllBytes(out));
    try (BuiltinModel model = BuiltinModel.open(CacheFolder.path(), Device.cpu())) {
      assertThat(document.at("/encoder").textValue()).isEqualTo(model.encoderDigest());
      assertThat(written.tensors()).containsOnlyKeys("image", "text");
      assertThat(written.get("image"))
          .isEqualTo(
              model.encodeImages(
                  List.of(Files.readAllBytes(images.get(0)), Files.readAllBytes(images.get(1)))));
      assertThat(written.get("text")).isEqualTo(model.encodeTexts(List.of("a bag")));
    }
  }

  @Test
  void nothingToEmbedIsAWrongCommandLine() {
    CommandRun run = CommandRun.of("embed", "--model", "builtin", "--out", "x.safetensors");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--image", "--text");
  }

  @Test
  void anImageThatIsNotThereIsNamed() {
    CommandRun run =
        CommandRun.of("embed", "--model", "builtin", "--image", "no.png", "--out", "x.safetensors");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("there is no file no.png");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamedBeforeAnythingIsEncoded() throws Exception {
    Path nowhere = folder.resolve("no-folder/x.safetensors");
    assertThat(embedText(nowhere).err()).contains("there is no folder " + nowhere.getParent());
    assertThat(embedText(folder).err()).contains(folder + " is a folder");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  /** Without a home that a model could be fetched to. */
  private static CommandRun embedText(Path out) {
    CommandRun run =
        CommandRun.of("embed", "--model", "builtin", "--text", "a bag", "--out", out.toString());
    assertThat(run.exit()).isEqualTo(1);
    return run;
  }

  @Test
  void anImageTooLargeToBeDecodedIsNotRead() throws Exception {
    Path image = folder.resolve("large.png");
    try (RandomAccessFile sparse = new RandomAccessFile(image.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertThatThrownBy(() -> ImageFiles.read(image))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("large.png has 1099511627776 bytes; at most 67108864 are read");
  }

  @Test
  void anImageThatCannotBeReadIsNamedWithTheReason() {
    assertThatThrownBy(() -> ImageFiles.read(folder))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(folder + " cannot be read (java.io.IOException: Is a directory)");
  }
}
