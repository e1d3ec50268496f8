package io.autoseed.learning.dataset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Knows an image file by its first bytes. */
final class ImageFormat {
  private static final List<byte[]> STARTS =
      List.of(
          bytes("\u0089PNG\r\n\u001a\n"), // PNG
          bytes("\u00ff\u00d8\u00ff"), // JPEG
          bytes("GIF8"));

  private ImageFormat() {}

  static boolean recognizes(byte[] file) {
    return STARTS.stream()
        .anyMatch(
            start ->
                file.length > start.length
                    && Arrays.equals(file, 0, start.length, start, 0, start.length));
  }

  private static byte[] bytes(String start) {
    return start.getBytes(StandardCharsets.ISO_8859_1);
  }
}
