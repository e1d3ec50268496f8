package io.autoseed.learning.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An immutable array on the host: what crosses a phase border, a file or a JVM. Computation happens
 * in DJL's {@code NDArray}; this type only carries values. Row-major, little-endian.
 */
public final class Tensor {
  private final ElementType type;
  private final int[] shape;
  private final byte[] bytes;

  private Tensor(ElementType type, int[] shape, byte[] bytes) {
    long expected = elements(shape) * type.bytes();
    if (expected != bytes.length) {
      throw new IllegalArgumentException(
          "a tensor of "
              + type
              + " and shape "
              + Arrays.toString(shape)
              + " has "
              + expected
              + " bytes, not "
              + bytes.length);
    }
    this.type = type;
    this.shape = shape;
    this.bytes = bytes;
  }

  /** A tensor of the given raw little-endian bytes (copied). */
  public static Tensor ofBytes(ElementType type, byte[] bytes, int... shape) {
    return new Tensor(type, shape.clone(), bytes.clone());
  }

  /** A float32 tensor; {@code values.length} must be the product of {@code shape}. */
  public static Tensor of(float[] values, int... shape) {
    ByteBuffer buffer = allocate(values.length * 4);
    buffer.asFloatBuffer().put(values);
    return new Tensor(ElementType.F32, shape.clone(), buffer.array());
  }

  /** A float64 tensor; {@code values.length} must be the product of {@code shape}. */
  public static Tensor of(double[] values, int... shape) {
    ByteBuffer buffer = allocate(values.length * 8);
    buffer.asDoubleBuffer().put(values);
    return new Tensor(ElementType.F64, shape.clone(), buffer.array());
  }

  /** An int32 tensor; {@code values.length} must be the product of {@code shape}. */
  public static Tensor of(int[] values, int... shape) {
    ByteBuffer buffer = allocate(values.length * 4);
    buffer.asIntBuffer().put(values);
    return new Tensor(ElementType.I32, shape.clone(), buffer.array());
  }

  public ElementType type() {
    return type;
  }

  public int[] shape() {
    return shape.clone();
  }

  /** Length of dimension {@code axis}. */
  public int size(int axis) {
    return shape[axis];
  }

  /** A read-only little-endian view of the values. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Bytes of all elements. */
  public int byteSize() {
    return bytes.length;
  }

  /** The values as floats. Only for {@link ElementType#F32}. */
  public float[] floats() {
    require(ElementType.F32);
    float[] values = new float[bytes.length / 4];
    buffer().asFloatBuffer().get(values);
    return values;
  }

  /** The values as doubles. Only for {@link ElementType#F64}. */
  public double[] doubles() {
    require(ElementType.F64);
    double[] values = new double[bytes.length / 8];
    buffer().asDoubleBuffer().get(values);
    return values;
  }

  /** The values as ints. Only for {@link ElementType#I32}. */
  public int[] ints() {
    require(ElementType.I32);
    int[] values = new int[bytes.length / 4];
    buffer().asIntBuffer().get(values);
    return values;
  }

  private void require(ElementType expected) {
    if (type != expected) {
      throw new IllegalStateException("expected a tensor of " + expected + ", found " + type);
    }
  }

  private static ByteBuffer allocate(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long elements(int[] shape) {
    long product = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("negative size in shape " + Arrays.toString(shape));
      }
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
