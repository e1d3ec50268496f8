package io.autoseed.learning.dataset;

import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in NumPy's npy format, versions 1 to 3: little-endian numbers, booleans and fixed-width
 * unicode strings, in C order. Pickled objects are refused.
 *
 * @param name what errors call the array
 * @param kind NumPy's type code without byte order, for example {@code f2} or {@code U38}
 * @param data the elements, C order, little-endian
 */
record Npy(String name, String kind, int[] shape, byte[] data) {
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
  private static final Pattern KIND = Pattern.compile("'descr':\\s*'([<>|=])([a-zA-Z]\\d{0,6})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]{0,200})\\)");
  private static final int MOST_AXES = 8;
  private static final Map<String, ElementType> TENSORS =
      Map.of(
          "f2", ElementType.F16,
          "f4", ElementType.F32,
          "f8", ElementType.F64,
          "i4", ElementType.I32,
          "i8", ElementType.I64,
          "u1", ElementType.U8,
          "b1", ElementType.U8);

  /**
   * Reads a whole array.
   *
   * @throws DataSetException if the bytes are no such array, or more or fewer than it says
   */
  static Npy parse(byte[] file, String name) {
    if (file.length < 12 || !Arrays.equals(file, 0, 6, MAGIC, 0, 6)) {
      throw new DataSetException(name + " is no npy array; write it with numpy.save");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int version = file[6];
    if (version < 1 || version > 3) {
      throw new DataSetException(name + " has npy version " + version + "; expected 1, 2 or 3");
    }
    int start = version == 1 ? 10 : 12;
    long size = version == 1 ? Short.toUnsignedInt(buffer.getShort(8)) : buffer.getInt(8);
    if (size < 0 || size > file.length - start) {
      throw new DataSetException(name + " is cut short in its header; copy it again");
    }
    String header = new String(file, start, (int) size, StandardCharsets.ISO_8859_1);
    if (header.contains("'|O'") || header.contains("'O'")) {
      throw new DataSetException(name + " holds pickled objects; save plain numbers or strings");
    }
    Matcher kind = KIND.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!kind.find() || !order.find() || !shape.find()) {
      throw new DataSetException(
          name + " has the unknown npy header " + SafePath.printable(header));
    }
    int[] sizes = sizes(shape.group(1), name);
    if (kind.group(1).equals(">") || (order.group(1).equals("True") && sizes.length > 1)) {
      throw new DataSetException(name + " is big-endian or in Fortran order; save it in C order");
    }
    byte[] data = Arrays.copyOfRange(file, start + (int) size, file.length);
    checkBytes(kind.group(2), sizes, data.length, name);
    return new Npy(name, kind.group(2), sizes, data);
  }

  private static int[] sizes(String list, String name) {
    String[] parts = list.isBlank() ? new String[0] : list.strip().split("\\s*,\\s*");
    int[] sizes = new int[parts.length];
    try {
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = Integer.parseInt(parts[i]);
      }
    } catch (NumberFormatException e) {
      throw new DataSetException(name + " has the shape (" + list + "), which is too large", e);
    }
    if (sizes.length > MOST_AXES) {
      throw new DataSetException(name + " has " + sizes.length + " axes; at most " + MOST_AXES);
    }
    return sizes;
  }

  private static void checkBytes(String kind, int[] sizes, int found, String name) {
    long width;
    if (kind.startsWith("U")) {
      width = 4L * Integer.parseInt("0" + kind.substring(1));
    } else if (TENSORS.containsKey(kind)) {
      width = TENSORS.get(kind).bytes();
    } else {
      throw new DataSetException(
          name + " has the element type '" + kind + "'; save float, int, bool or unicode");
    }
    long expected = width;
    try {
      for (int size : sizes) {
        expected = Math.multiplyExact(expected, size);
      }
    } catch (ArithmeticException e) {
      throw new DataSetException(name + " has an impossible shape " + Arrays.toString(sizes), e);
    }
    if (expected != found) {
      throw new DataSetException(
          name
              + " says "
              + kind
              + Arrays.toString(sizes)
              + ", "
              + expected
              + " bytes, but holds "
              + found
              + "; copy it again");
    }
  }

  /** The values as a tensor; booleans as 0 and 1. */
  Tensor tensor() {
    if (!TENSORS.containsKey(kind)) {
      throw new DataSetException(name + " holds " + kind + "; expected numbers");
    }
    return Tensor.ofBytes(TENSORS.get(kind), data, shape);
  }

  /** The values of a one-dimensional array of strings. */
  List<String> strings() {
    if (!kind.startsWith("U") || shape.length != 1) {
      throw new DataSetException(
          name + " holds " + kind + Arrays.toString(shape) + "; expected a list of strings");
    }
    List<String> strings = new ArrayList<>();
    int width = shape[0] == 0 ? 0 : data.length / shape[0];
    for (int i = 0; i < shape[0]; i++) {
      String padded = new String(data, i * width, width, Charset.forName("UTF-32LE"));
      int end = padded.length();
      while (end > 0 && padded.charAt(end - 1) == 0) {
        end--;
      }
      strings.add(padded.substring(0, end));
    }
    return strings;
  }
}
