package io.autoseed.learning.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Tensors of one row a class (or an example), put below each other. */
public final class Rows {
  private static final int AT_ONCE = 512;

  private Rows() {}

  /**
   * What {@code work} makes of the rows, 512 at a time, which bounds the memory it needs.
   *
   * @param rows float32 [n, d]
   * @param work from [m, d] to m times {@code columns} values
   * @return float32 [n, columns]
   */
  public static Tensor inPortions(Tensor rows, int columns, Function<Tensor, float[]> work) {
    int count = rows.size(0);
    int width = rows.size(1);
    float[] all = rows.floats();
    float[] results = new float[Math.multiplyExact(count, columns)];
    for (int from = 0; from < count; from += AT_ONCE) {
      int size = Math.min(AT_ONCE, count - from);
      float[] some = Arrays.copyOfRange(all, from * width, (from + size) * width);
      float[] values = work.apply(Tensor.of(some, size, width));
      System.arraycopy(values, 0, results, from * columns, size * columns);
    }
    return Tensor.of(results, count, columns);
  }

  /** Every tensor of {@code above} with the rows of the same name in {@code below} added. */
  public static TensorBundle append(TensorBundle above, TensorBundle below) {
    Map<String, Tensor> joined = new TreeMap<>();
    above.tensors().forEach((name, tensor) -> joined.put(name, append(tensor, below.get(name))));
    return TensorBundle.of(joined);
  }

  /** The rows of {@code above}, then those of {@code below}. */
  public static Tensor append(Tensor above, Tensor below) {
    int[] shape = above.shape();
    shape[0] = Math.addExact(above.size(0), below.size(0));
    byte[] bytes = new byte[Math.addExact(above.byteSize(), below.byteSize())];
    above.buffer().get(bytes, 0, above.byteSize());
    below.buffer().get(bytes, above.byteSize(), below.byteSize());
    return Tensor.ofBytes(above.type(), bytes, shape);
  }

  /** Whether a row of a float16 or float32 matrix holds zeros alone, of either sign. */
  public static boolean isZero(Tensor matrix, int row) {
    ByteBuffer values = matrix.buffer();
    int width = matrix.size(1);
    for (int i = row * width; i < (row + 1) * width; i++) {
      float value =
          matrix.type() == ElementType.F16
              ? values.getShort(2 * i) & 0x7fff
              : values.getFloat(4 * i);
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** The given rows of a float32 matrix, in the given order. */
  public static Tensor select(Tensor rows, int[] chosen) {
    int width = rows.size(1);
    float[] all = rows.floats();
    float[] selected = new float[chosen.length * width];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(all, chosen[i] * width, selected, i * width, width);
    }
    return Tensor.of(selected, chosen.length, width);
  }
}
