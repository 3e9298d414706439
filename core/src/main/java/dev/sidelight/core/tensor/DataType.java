package dev.sidelight.core.tensor;

/** Element types of the Open Inference Protocol; every protocol's types map onto these. */
public enum DataType {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  BF16(2),
  FP32(4),
  FP64(8),
  BYTES(0);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element on the wire; 0 for {@link #BYTES}, whose elements vary. */
  public int bytes() {
    return bytes;
  }

  public boolean isFloating() {
    return this == FP16 || this == BF16 || this == FP32 || this == FP64;
  }

  public boolean isInteger() {
    return !isFloating() && this != BOOL && this != BYTES;
  }
}
