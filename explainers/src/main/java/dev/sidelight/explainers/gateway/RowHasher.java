package dev.sidelight.explainers.gateway;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.RowBytes;
import dev.sidelight.explainers.gateway.GatewayRuntime.HashKey;

/**
 * SipHash-2-4 with 128 bits of output (Aumasson & Bernstein 2012), fed element by element. Keyed,
 * so that nobody outside can find two rows that collide and be shown another's answer. Not
 * thread-safe.
 */
final class RowHasher implements RowBytes {

  private final HashKey key;
  private long v0;
  private long v1;
  private long v2;
  private long v3;
  private long word;
  private long length;

  RowHasher(HashKey key) {
    this.key = key;
    reset();
  }

  /**
   * @param lane separates equal rows under different keys
   */
  RowHash hash(long lane, Instances rows, int row) {
    reset();
    put(lane, 8);
    rows.writeRow(row, this);
    return finish();
  }

  /** Bytes taken since {@link #reset}. */
  long length() {
    return length;
  }

  void reset() {
    v0 = 0x736f6d6570736575L ^ key.k0();
    v1 = 0x646f72616e646f6dL ^ key.k1() ^ 0xee;
    v2 = 0x6c7967656e657261L ^ key.k0();
    v3 = 0x7465646279746573L ^ key.k1();
    word = 0;
    length = 0;
  }

  @Override
  public void put(long bits, int bytes) {
    long value = bytes == 8 ? bits : bits & ((1L << (8 * bytes)) - 1);
    int filled = (int) (length & 7);
    length += bytes;
    word |= value << (8 * filled);
    if (filled + bytes >= 8) {
      compress(word);
      word = filled == 0 ? 0 : value >>> (8 * (8 - filled));
    }
  }

  RowHash finish() {
    compress(word | (length << 56));
    v2 ^= 0xee;
    rounds(4);
    long first = v0 ^ v1 ^ v2 ^ v3;
    v1 ^= 0xdd;
    rounds(4);
    return new RowHash(first, v0 ^ v1 ^ v2 ^ v3);
  }

  private void compress(long m) {
    v3 ^= m;
    rounds(2);
    v0 ^= m;
  }

  private void rounds(int times) {
    for (int i = 0; i < times; i++) {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
