package dev.sidelight.core.tensor;

/** Takes the wire bytes of a row: a hash, or a buffer. */
@FunctionalInterface
public interface RowBytes {
  /** One element: the low {@code bytes} bytes of {@code bits}, little-endian. */
  void put(long bits, int bytes);

  default void put(byte[] value) {
    put(value.length, 4);
    for (byte b : value) {
      put(b, 1);
    }
  }
}
