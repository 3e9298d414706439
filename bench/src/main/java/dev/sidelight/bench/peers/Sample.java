package dev.sidelight.bench.peers;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Events of 1,024 bytes that tell their number, and whether they are still what was written. */
final class Sample {

  static final int BYTES = 1024;
  private static final long MAGIC = 0x534c_4245_4e43_4831L;
  private static final int NUMBER_AT = 8;

  private Sample() {}

  static byte[] event(long number) {
    byte[] event = new byte[BYTES];
    new SplittableRandom(number).nextBytes(event);
    ByteBuffer.wrap(event).putLong(MAGIC).putLong(number);
    return event;
  }

  /** The first bytes of an event, by which it is found in a file. */
  static byte[] mark(long number) {
    return Arrays.copyOf(event(number), 32);
  }

  /** The event's number, or -1 when these are not the bytes of any event. */
  static long numberOf(byte[] bytes) {
    if (bytes.length != BYTES) {
      return -1;
    }
    long number = ByteBuffer.wrap(bytes).getLong(NUMBER_AT);
    return Arrays.equals(bytes, event(number)) ? number : -1;
  }
}
