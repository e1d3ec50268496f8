package io.autoseed.learning.dataset;

import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The arrays of a file of features, checked against each other.
 *
 * @param image one row an image, float16 or float32 [N, image width]
 * @param label which class each row is of, an index into the lists below, [N]
 * @param train whether each row belongs to the training split, [N]
 * @param domain the part each class belongs to, [C]
 * @param classText the name of each class, unique in its domain, [C]
 * @param prompt the complete text of each class, [C]
 * @param text the embedding of each prompt, float32 [C, text width]
 */
record FeatureFields(
    String name,
    Tensor image,
    int[] label,
    boolean[] train,
    List<String> domain,
    List<String> classText,
    List<String> prompt,
    Tensor text,
    String licence,
    String source) {
  FeatureFields {
    requireMatrix(name, "image", image);
    requireMatrix(name, "text", text);
    int rows = image.size(0);
    int classes = classText.size();
    requireLength(name, "label", label.length, rows, "rows of image");
    requireLength(name, "train", train.length, rows, "rows of image");
    requireLength(name, "domain", domain.size(), classes, "entries of class_text");
    requireLength(name, "prompt", prompt.size(), classes, "entries of class_text");
    requireLength(name, "text", text.size(0), classes, "entries of class_text");
    if (classes > DataSetLimits.CLASSES) {
      throw new DataSetException(name + " holds more than " + DataSetLimits.CLASSES + " classes");
    }
    for (int one : label) {
      if (one < 0 || one >= classes) {
        throw new DataSetException(
            name + ": a label is " + one + ", but there are " + classes + " classes; correct it");
      }
    }
    for (int c = 0; c < classes; c++) {
      if (classText.get(c).isBlank() || prompt.get(c).isBlank()) {
        throw new DataSetException(name + ": class " + c + " has no text; fill in class_text");
      }
    }
  }

  /** Labels of int32, int64 or uint8. */
  static int[] whole(Tensor values, String name) {
    int[] whole = new int[values.byteSize() / values.type().bytes()];
    ByteBuffer buffer = values.buffer();
    for (int i = 0; i < whole.length; i++) {
      long value =
          switch (values.type()) {
            case I32 -> buffer.getInt(i * 4);
            case I64 -> buffer.getLong(i * 8);
            case U8 -> Byte.toUnsignedInt(buffer.get(i));
            case F16, F32, F64 ->
                throw new DataSetException(name + " holds " + values.type() + "; save integers");
          };
      whole[i] = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, value));
    }
    return whole;
  }

  static boolean[] flags(Tensor values, String name) {
    int[] whole = whole(values, name);
    boolean[] flags = new boolean[whole.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = whole[i] != 0;
    }
    return flags;
  }

  private static void requireMatrix(String name, String field, Tensor matrix) {
    boolean fits = matrix.type() == ElementType.F16 || matrix.type() == ElementType.F32;
    if (!fits || matrix.shape().length != 2 || matrix.size(1) == 0) {
      throw new DataSetException(
          name + ": " + field + " is " + matrix + "; expected a float16 or float32 matrix");
    }
  }

  private static void requireLength(
      String name, String field, int found, int expected, String what) {
    if (found != expected) {
      throw new DataSetException(
          name + ": " + field + " has " + found + " entries for " + expected + " " + what);
    }
  }
}
