package io.autoseed.learning.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Tensor;
import java.nio.ByteBuffer;

/** Copies between host {@link Tensor}s and the engine's arrays. Values and shapes are kept. */
public final class NdArrays {
  private NdArrays() {}

  /** A copy of {@code tensor} on the manager's device, owned by the manager. */
  public static NDArray toArray(NDManager manager, Tensor tensor) {
    ByteBuffer values = manager.allocateDirect(tensor.byteSize());
    values.put(tensor.buffer()).rewind();
    return manager.create(values, shape(tensor), dataType(tensor.type()));
  }

  /**
   * A copy of {@code array} on the host.
   *
   * @throws IllegalArgumentException if its type is none of {@link ElementType}'s
   */
  public static Tensor toTensor(NDArray array) {
    ElementType type = elementType(array.getDataType());
    int[] shape = new int[array.getShape().dimension()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Math.toIntExact(array.getShape().get(i));
    }
    ByteBuffer values = array.toByteBuffer();
    byte[] bytes = new byte[values.remaining()];
    values.get(bytes);
    return Tensor.ofBytes(type, bytes, shape);
  }

  private static Shape shape(Tensor tensor) {
    int[] sizes = tensor.shape();
    long[] shape = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      shape[i] = sizes[i];
    }
    return new Shape(shape);
  }

  private static DataType dataType(ElementType type) {
    return switch (type) {
      case F16 -> DataType.FLOAT16;
      case F32 -> DataType.FLOAT32;
      case F64 -> DataType.FLOAT64;
      case I32 -> DataType.INT32;
      case I64 -> DataType.INT64;
      case U8 -> DataType.UINT8;
    };
  }

  private static ElementType elementType(DataType type) {
    for (ElementType known : ElementType.values()) {
      if (dataType(known) == type) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "an array of " + type + " has no host form; cast it to float32 first");
  }
}
