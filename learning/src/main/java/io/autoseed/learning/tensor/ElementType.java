package io.autoseed.learning.tensor;

/** Element types a {@link Tensor} can have, with their safetensors names. All are little-endian. */
public enum ElementType {
  F16(2),
  F32(4),
  F64(8),
  I32(4),
  I64(8),
  U8(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
