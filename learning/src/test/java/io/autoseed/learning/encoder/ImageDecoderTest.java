package io.autoseed.learning.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images and their expected pixels ({@code .rgb}) were written by Pillow 13. */
class ImageDecoderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bilevel.png",
        "grey.png",
        "grey-2-bit.png",
        "grey-4-bit.png",
        "grey-16-bit.png",
        "grey-alpha.png",
        "grey-alpha-16-bit.png",
        "grey-transparent-value.png",
        "palette.png",
        "palette-transparent.png",
        "palette.gif",
        "rgb.png",
        "rgb-16-bit.png",
        "rgb-profile.png",
        "rgb-transparent-colour.png",
        "rgba.png",
        "rgba-16-bit.png",
        "jpeg-420.jpg",
        "jpeg-422.jpg",
        "jpeg-444.jpg",
        "jpeg-grey.jpg",
        "jpeg-progressive.jpg",
        "jpeg-profile.jpg",
        "jpeg-rotated.jpg"
      })
  void pixelsAreThoseOfPillow(String name) throws IOException {
    RgbImage image = ImageDecoder.decode(resource(name), name);
    assertThat(image.width()).isEqualTo(19);
    assertThat(image.height()).isEqualTo(13);
    assertThat(image.samples()).isEqualTo(resource(name + ".rgb"));
  }

  @Test
  void aJpegInCmykIsRefusedWithWhatToDo() throws IOException {
    byte[] file = resource("jpeg-cmyk.jpg");
    assertThatThrownBy(() -> ImageDecoder.decode(file, "poster.jpg"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("poster.jpg")
        .hasMessageContaining("convert it to an RGB");
  }

  @Test
  void anotherFormatIsRefusedByName() {
    byte[] text = "<svg/>".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ImageDecoder.decode(text, "drawing.svg"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("drawing.svg is no PNG, JPEG or GIF");
    assertThatThrownBy(() -> ImageDecoder.decode(new byte[0], "empty"))
        .isInstanceOf(ImageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "jpeg-420.jpg", "palette.gif"})
  void aFileCutShortIsRefusedOrWhole(String name) throws IOException {
    byte[] whole = resource(name);
    for (int length = 4; length < Math.min(120, whole.length); length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ImageDecoder.decode(cut, "cut"))
          .as("%d bytes of %s", length, name)
          .isInstanceOf(ImageException.class)
          .hasMessageContaining("cut");
    }
  }

  @Test
  void thePixelCountIsCheckedBeforeAnythingIsDecoded() throws IOException {
    byte[] bomb = resource("rgb.png");
    ByteBuffer header = ByteBuffer.wrap(bomb);
    header.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(bomb, 12, 17);
    header.putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> ImageDecoder.decode(bomb, "bomb.png"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("bomb.png is 60000x60000");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ImageDecoderTest.class.getResourceAsStream("images/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }
}
