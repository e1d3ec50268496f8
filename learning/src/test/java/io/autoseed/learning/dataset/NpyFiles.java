package io.autoseed.learning.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes npy arrays as NumPy does, and broken ones. */
final class NpyFiles {
  private NpyFiles() {}

  static byte[] array(String descr, String shape, byte[] data) {
    return raw(
        "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }", data);
  }

  static byte[] raw(String header, byte[] data) {
    String padded = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
    out.write(padded.length() & 0xff);
    out.write(padded.length() >> 8);
    out.writeBytes(padded.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(data);
    return out.toByteArray();
  }

  static byte[] strings(String... values) {
    int width = Arrays.stream(values).mapToInt(String::length).max().orElse(1);
    ByteBuffer data = buffer(values.length * width * 4);
    for (String value : values) {
      byte[] utf32 = value.getBytes(Charset.forName("UTF-32LE"));
      data.put(Arrays.copyOf(utf32, width * 4));
    }
    return array("<U" + width, "(" + values.length + ",)", data.array());
  }

  static byte[] halves(int rows, short... values) {
    ByteBuffer data = buffer(values.length * 2);
    data.asShortBuffer().put(values);
    return array("<f2", "(" + rows + ", " + values.length / rows + ")", data.array());
  }

  static byte[] floats(int rows, float... values) {
    ByteBuffer data = buffer(values.length * 4);
    data.asFloatBuffer().put(values);
    return array("<f4", "(" + rows + ", " + values.length / rows + ")", data.array());
  }

  static byte[] ints(int... values) {
    ByteBuffer data = buffer(values.length * 4);
    data.asIntBuffer().put(values);
    return array("<i4", "(" + values.length + ",)", data.array());
  }

  static byte[] flags(boolean... values) {
    byte[] data = new byte[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (values[i] ? 1 : 0);
    }
    return array("|b1", "(" + values.length + ",)", data);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
