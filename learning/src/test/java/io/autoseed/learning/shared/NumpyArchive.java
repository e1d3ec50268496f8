package io.autoseed.learning.shared;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Reads the arrays of a NumPy {@code .npz} file that the shared features come in. */
final class NumpyArchive {
  private static final Pattern HEADER =
      Pattern.compile("'descr': '([^']+)', 'fortran_order': False, 'shape': \\(([^)]*)\\)");

  private final Path file;

  NumpyArchive(Path file) {
    this.file = file;
  }

  /** One array, row-major. */
  record Array(String type, int[] shape, ByteBuffer values) {
    float[] floats() {
      float[] floats = new float[elements()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = type.equals("<f2") ? half(values.getShort(2 * i)) : values.getFloat(4 * i);
      }
      return floats;
    }

    int[] ints() {
      int[] ints = new int[elements()];
      for (int i = 0; i < ints.length; i++) {
        ints[i] = type.equals("|b1") ? values.get(i) : values.getInt(4 * i);
      }
      return ints;
    }

    List<String> strings() {
      int width = Integer.parseInt(type.substring(2));
      List<String> strings = new ArrayList<>();
      for (int i = 0; i < elements(); i++) {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < width && values.getInt(4 * (i * width + c)) != 0; c++) {
          text.appendCodePoint(values.getInt(4 * (i * width + c)));
        }
        strings.add(text.toString());
      }
      return strings;
    }

    private int elements() {
      int product = 1;
      for (int size : shape) {
        product *= size;
      }
      return product;
    }

    private static float half(short bits) {
      int exponent = bits >> 10 & 0x1f;
      int mantissa = bits & 0x3ff;
      float magnitude =
          exponent == 0 ? mantissa * 0x1p-24f : Math.scalb(1 + mantissa / 1024f, exponent - 15);
      return bits < 0 ? -magnitude : magnitude;
    }
  }

  Array read(String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] bytes = zip.getInputStream(zip.getEntry(name + ".npy")).readAllBytes();
      ByteBuffer npy = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      boolean first = npy.get(6) == 1;
      int length = first ? npy.getShort(8) : npy.getInt(8);
      int start = (first ? 10 : 12) + length;
      String header = new String(bytes, start - length, length, StandardCharsets.ISO_8859_1);
      Matcher described = HEADER.matcher(header);
      if (!described.find()) {
        throw new IOException(file + ": cannot read the header of " + name + ": " + header);
      }
      return new Array(
          described.group(1),
          shape(described.group(2)),
          npy.position(start).slice().order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  private static int[] shape(String sizes) {
    List<Integer> shape = new ArrayList<>();
    Matcher number = Pattern.compile("\\d+").matcher(sizes);
    while (number.find()) {
      shape.add(Integer.parseInt(number.group()));
    }
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }
}
