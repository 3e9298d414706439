package dev.sidelight.logger.spool;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The 64 bytes before a record's payload. Big-endian; byte by byte in the package's documentation.
 *
 * @param length header, payload and padding
 * @param crc over the header's first 60 bytes and the payload
 */
record RecordHead(
    int length,
    long sequence,
    long timeMicros,
    long number,
    UUID id,
    int type,
    int flags,
    int loop,
    int epoch,
    int payloadLength,
    int crc) {

  static final int BYTES = 64;
  static final int MAGIC = 0x534c5231; // SLR1
  static final int CRC_AT = 60;

  static final int EXCHANGE = 1;
  static final int REQUEST_HALF = 2;
  static final int RESPONSE_HALF = 3;
  static final int REPORT = 4;
  static final int GAP = 5;
  static final int SEAL = 6;

  static final int TRUNCATED = 1;
  static final int REDACTED = 2;
  static final int SYNTHETIC = 4;
  static final int SAMPLED = 8;

  /** Loop of events that no event loop offered. */
  static final int INTERNAL = 65535;

  /** A head for a payload of that length; its CRC is filled in later. */
  static RecordHead of(int payloadLength, Place place, UUID id, int type, int flags) {
    int length = BYTES + payloadLength + padding(payloadLength);
    return new RecordHead(
        length,
        place.sequence(),
        place.timeMicros(),
        place.number(),
        id,
        type,
        flags,
        place.loop(),
        place.epoch(),
        payloadLength,
        0);
  }

  /** Where a record stands in the log. */
  record Place(long sequence, long timeMicros, long number, int loop, int epoch) {}

  static int padding(int payloadLength) {
    return -payloadLength & 7;
  }

  void write(ByteBuffer to, int at) {
    to.putInt(at, MAGIC).putInt(at + 4, length);
    to.putLong(at + 8, sequence).putLong(at + 16, timeMicros).putLong(at + 24, number);
    to.putLong(at + 32, id.getMostSignificantBits());
    to.putLong(at + 40, id.getLeastSignificantBits());
    to.put(at + 48, (byte) type).put(at + 49, (byte) flags).putShort(at + 50, (short) loop);
    to.putInt(at + 52, epoch).putInt(at + 56, payloadLength).putInt(at + CRC_AT, crc);
  }

  static RecordHead read(ByteBuffer from, int at) {
    return new RecordHead(
        from.getInt(at + 4),
        from.getLong(at + 8),
        from.getLong(at + 16),
        from.getLong(at + 24),
        new UUID(from.getLong(at + 32), from.getLong(at + 40)),
        from.get(at + 48) & 0xff,
        from.get(at + 49) & 0xff,
        from.getShort(at + 50) & 0xffff,
        from.getInt(at + 52),
        from.getInt(at + 56),
        from.getInt(at + CRC_AT));
  }

  /** True when the lengths fit each other and {@code lengthMax}. */
  boolean isPlausible(long lengthMax) {
    return payloadLength >= 0
        && length >= BYTES
        && length <= lengthMax
        && length == (long) BYTES + payloadLength + padding(payloadLength)
        && type >= EXCHANGE
        && type <= SEAL;
  }

  /** The CRC of a whole record at {@code at}. */
  static int crc(ByteBuffer record, int at, int payloadLength) {
    CRC32C crc = new CRC32C();
    crc.update(record.slice(at, CRC_AT));
    crc.update(record.slice(at + BYTES, payloadLength));
    return (int) crc.getValue();
  }
}
