package io.autoseed.learning.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BicubicCropTest {
  /**
   * The digests are of Pillow 13's {@code resize(..., Image.BICUBIC)}, the shorter side to 224, the
   * longer one rounded, then cut to the centre square.
   */
  @ParameterizedTest
  @CsvSource({
    "320, 240, 1bd44d2d799d6b29a37207564e6156ebf8ffd3ed3b85b1343ba40a7b1dd071ad",
    "240, 320, 64a4f864e306607eb45600eb8ba9a9af2aea79878f5aab8719832f68e0bff750",
    "28, 28, 7be12bcbd94e46735b3425a9c4698efa3e801b74e60645020a1c0ee783a25d33",
    "64, 64, e882c396a1ab432458f00a6826c25193b3dfe44e01e6f9de929753c554d7bce4",
    "1023, 767, 75ea13992d2cd3a5c6bf6e1536a1198fbca1f36286debf7eada663800b4b542d",
    "225, 224, ce5674ff09ad4631886376c915e5b9941b1270dcf46b77c0fd1ba4bd6a60c8ed",
    "224, 224, ce5674ff09ad4631886376c915e5b9941b1270dcf46b77c0fd1ba4bd6a60c8ed",
    "33, 500, 4890b4c8aae9681f070d3bc5245a2f9ef0695840c711a12a4098b952ae198e98",
    "400, 533, ff652c7b82e45d51ccd9fa217e08d38efcbe578a4b3d93e2e41732f92f8ffb3d"
  })
  void theSquareHasPillowsBytes(int width, int height, String sha256) {
    byte[] square = BicubicCrop.square(Patterns.rgb(width, height), 224);
    assertThat(square).hasSize(224 * 224 * 3);
    assertThat(Sha256.of(square)).isEqualTo(sha256);
  }

  @Test
  void aLongThinImageNeedsNoMoreThanItsCentre() {
    RgbImage line = Patterns.rgb(2_000_000, 1);
    assertThat(BicubicCrop.square(line, 224)).hasSize(224 * 224 * 3);
  }

  @Test
  void aSinglePixelFillsTheSquare() {
    byte[] square = BicubicCrop.square(new RgbImage(1, 1, new byte[] {9, 99, (byte) 199}), 224);
    for (int i = 0; i < square.length; i += 3) {
      assertThat(square[i]).isEqualTo((byte) 9);
      assertThat(square[i + 2]).isEqualTo((byte) 199);
    }
  }
}
