package io.autoseed.learning.encoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Looks at a JPEG file's segments before its pixels are decoded. */
final class JpegSegments {
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int START_OF_SCAN = 0xda;
  private static final int APPLICATION_2 = 0xe2;

  private JpegSegments() {}

  /**
   * The file without its colour profile, which ImageIO would apply to the pixels.
   *
   * @throws IOException if the image has another number of channels than 1 or 3 (CMYK has 4)
   */
  static byte[] withoutProfile(byte[] file) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.write(file, 0, 2);
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
      int marker = file[at + 1] & 0xff;
      int end = marker == 0xff ? at + 1 : at + 2 + unsignedShort(file, at + 2);
      if (marker == START_OF_SCAN || end > file.length) {
        break;
      }
      if (isFrame(marker) && at + 10 <= file.length) {
        requireColour(file[at + 9]);
      }
      if (marker != APPLICATION_2 || !startsWith(file, at + 4, PROFILE)) {
        kept.write(file, at, end - at);
      }
      at = end;
    }
    kept.write(file, at, file.length - at);
    return kept.toByteArray();
  }

  /** SOF0 to SOF15; three codes among them mean something else. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static void requireColour(int channels) throws IOException {
    if (channels != 1 && channels != 3) {
      throw new IOException("a JPEG with " + channels + " channels, expected grey or RGB");
    }
  }

  private static int unsignedShort(byte[] file, int at) {
    return (file[at] & 0xff) << 8 | (file[at + 1] & 0xff);
  }

  private static boolean startsWith(byte[] file, int at, byte[] start) {
    int end = at + start.length;
    return end <= file.length && Arrays.equals(file, at, end, start, 0, start.length);
  }
}
