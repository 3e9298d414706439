package dev.sidelight.logger.spool;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The first 64 bytes of a segment file. */
record SegmentHeader(
    int version, int flags, UUID spool, long first, long createdMicros, int epoch, long keyId) {

  static final int BYTES = 64;
  static final int VERSION = 1;
  private static final long MAGIC = 0x534c53504f4f4c31L; // SLSPOOL1
  private static final int CRC_AT = 60;

  static SegmentHeader of(UUID spool, long first, long createdMicros, int epoch) {
    return new SegmentHeader(VERSION, 0, spool, first, createdMicros, epoch, 0);
  }

  ByteBuffer bytes() {
    ByteBuffer to = ByteBuffer.allocate(BYTES);
    to.putLong(MAGIC).putShort((short) version).putShort((short) flags).putInt(BYTES);
    to.putLong(spool.getMostSignificantBits()).putLong(spool.getLeastSignificantBits());
    to.putLong(first).putLong(createdMicros).putInt(epoch).putLong(keyId);
    return to.putInt(crc(to)).flip();
  }

  /**
   * @return null when the bytes are not a whole header
   */
  static @Nullable SegmentHeader read(ByteBuffer from) {
    if (from.remaining() < BYTES || from.getLong(0) != MAGIC || from.getInt(CRC_AT) != crc(from)) {
      return null;
    }
    return new SegmentHeader(
        from.getShort(8) & 0xffff,
        from.getShort(10) & 0xffff,
        new UUID(from.getLong(16), from.getLong(24)),
        from.getLong(32),
        from.getLong(40),
        from.getInt(48),
        from.getLong(52));
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, CRC_AT));
    return (int) crc.getValue();
  }
}
