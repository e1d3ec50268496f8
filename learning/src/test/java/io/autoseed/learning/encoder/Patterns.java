package io.autoseed.learning.encoder;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Images by formula. */
final class Patterns {
  private Patterns() {}

  /** r = (3x + y) mod 256, g = (x + 5y) mod 256, b = (x y) mod 256. */
  static RgbImage rgb(int width, int height) {
    byte[] samples = new byte[width * height * 3];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        samples[to++] = (byte) (3 * x + y);
        samples[to++] = (byte) (x + 5 * y);
        samples[to++] = (byte) (x * y);
      }
    }
    return new RgbImage(width, height, samples);
  }

  /** {@link #rgb} as a PNG file, its channels rotated by {@code shift}. */
  static byte[] png(int width, int height, int shift) {
    byte[] samples = rgb(width, height).samples();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | (samples[i * 3 + (c + shift) % 3] & 0xff);
      }
      image.setRGB(i % width, i / width, rgb);
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
