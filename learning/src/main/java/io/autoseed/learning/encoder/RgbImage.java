package io.autoseed.learning.encoder;

/**
 * Decoded pixels.
 *
 * @param samples red, green, blue of each pixel, row by row; [height * width * 3], unsigned bytes
 */
record RgbImage(int width, int height, byte[] samples) {
  RgbImage {
    if (width < 1 || height < 1 || samples.length != 3L * width * height) {
      throw new IllegalArgumentException(
          width + "x" + height + " pixels do not have " + samples.length + " samples");
    }
  }
}
