package io.autoseed.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads the plain arrays of a numpy archive; no pickles. */
final class NpzFile implements AutoCloseable {
  private static final Pattern HEADER =
      Pattern.compile("'descr': '([^']+)', 'fortran_order': False, 'shape': \\(([^)]*)\\)");
  private final ZipFile zip;

  NpzFile(Path path) throws IOException {
    zip = new ZipFile(path.toFile());
  }

  /**
   * An array.
   *
   * @param type numpy's type, for example {@code <f4}
   * @param values its values, little-endian, row-major
   */
  record Array(String type, int[] shape, ByteBuffer values) {
    /** The values as floats; of float16, float32. */
    float[] floats() {
      float[] all = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
      for (int i = 0; i < all.length; i++) {
        all[i] =
            switch (type) {
              case "<f2" -> half(values.getShort(2 * i));
              case "<f4" -> values.getFloat(4 * i);
              default -> throw new IllegalStateException("expected <f2 or <f4, found " + type);
            };
      }
      return all;
    }

    int[] ints() {
      if (!type.equals("<i4")) {
        throw new IllegalStateException("expected <i4, found " + type);
      }
      int[] all = new int[shape[0]];
      values.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(all);
      return all;
    }

    boolean[] flags() {
      if (!type.equals("|b1")) {
        throw new IllegalStateException("expected |b1, found " + type);
      }
      boolean[] all = new boolean[shape[0]];
      for (int i = 0; i < all.length; i++) {
        all[i] = values.get(i) != 0;
      }
      return all;
    }

    /** Strings of fixed width, zero padded. */
    List<String> strings() {
      if (!type.startsWith("<U")) {
        throw new IllegalStateException("expected <U, found " + type);
      }
      int width = Integer.parseInt(type.substring(2));
      List<String> all = new ArrayList<>();
      for (int row = 0; row < shape[0]; row++) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < width; i++) {
          int point = values.getInt(4 * (row * width + i));
          if (point != 0) {
            text.appendCodePoint(point);
          }
        }
        all.add(text.toString());
      }
      return all;
    }

    private static float half(short bits) {
      int sign = (bits & 0x8000) << 16;
      int exponent = bits >>> 10 & 0x1f;
      int mantissa = bits & 0x3ff;
      if (exponent == 0) {
        float magnitude = mantissa * 0x1p-24f;
        return sign == 0 ? magnitude : -magnitude;
      }
      int wide = exponent == 31 ? 255 : exponent + 112;
      return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
    }
  }

  Array read(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new IOException(zip.getName() + " has no array '" + name + "'");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (var in = zip.getInputStream(entry)) {
      in.transferTo(all);
    }
    ByteBuffer file = ByteBuffer.wrap(all.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    int start = file.get(6) == 1 ? 10 : 12;
    int length = start == 10 ? file.getShort(8) : file.getInt(8);
    String header = new String(all.toByteArray(), start, length, StandardCharsets.US_ASCII);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.find()) {
      throw new IOException(name + " in " + zip.getName() + ": cannot read header " + header);
    }
    int[] shape =
        Arrays.stream(matcher.group(2).split(","))
            .map(String::strip)
            .filter(size -> !size.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    ByteBuffer values = file.position(start + length).slice().order(ByteOrder.LITTLE_ENDIAN);
    return new Array(matcher.group(1), shape, values);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
