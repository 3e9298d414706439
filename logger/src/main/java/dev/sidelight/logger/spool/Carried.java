package dev.sidelight.logger.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The fixed part of a counter page: whose it is, and what the epochs before it saw.
 *
 * <pre>
 *  0 "SLCT0001"   8 epoch u32   12 slots u32   16 spool id
 * 32 inexact u32  36 boot text, 40 bytes       80 next sequence
 * 88 seen        96 exchanges  104 gaps by reason, 16 longs     248 CRC32C of 0..247
 * </pre>
 *
 * @param boot the machine's start the epoch ran under
 * @param nextSequence the first sequence of the epoch
 * @param seen exchanges admitted in all earlier epochs; {@code exchanges} of them reached the spool
 * @param gaps the others, by reason
 * @param exact false once a power loss or a lost page has blurred the counts
 */
record Carried(
    UUID spool,
    int epoch,
    String boot,
    long nextSequence,
    long seen,
    long exchanges,
    long[] gaps,
    boolean exact) {

  private static final long MAGIC = 0x534c4354_30303031L; // SLCT0001
  private static final int BOOT_BYTES = 40;
  private static final int CRC_AT = 248;

  void write(ByteBuffer page, int slots) {
    page.putLong(0, MAGIC).putInt(8, epoch).putInt(12, slots);
    page.putLong(16, spool.getMostSignificantBits()).putLong(24, spool.getLeastSignificantBits());
    page.putInt(32, exact ? 0 : 1);
    byte[] text = boot.getBytes(StandardCharsets.UTF_8);
    page.put(36, Arrays.copyOf(text, BOOT_BYTES));
    page.putLong(80, nextSequence).putLong(88, seen).putLong(96, exchanges);
    for (int i = 0; i < CounterPage.REASONS; i++) {
      page.putLong(104 + 8 * i, gaps[i]);
    }
    page.putInt(CRC_AT, crc(page));
  }

  /** The number of slots, or -1 when this is no whole page. */
  static int slots(ByteBuffer page) {
    boolean whole =
        page.capacity() >= 512 && page.getLong(0) == MAGIC && page.getInt(CRC_AT) == crc(page);
    return whole ? page.getInt(12) : -1;
  }

  static Carried read(ByteBuffer page) {
    byte[] text = new byte[BOOT_BYTES];
    page.get(36, text);
    long[] gaps = new long[CounterPage.REASONS];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = page.getLong(104 + 8 * i);
    }
    return new Carried(
        new UUID(page.getLong(16), page.getLong(24)),
        page.getInt(8),
        new String(text, StandardCharsets.UTF_8).replace("\0", ""),
        page.getLong(80),
        page.getLong(88),
        page.getLong(96),
        gaps,
        page.getInt(32) == 0);
  }

  private static int crc(ByteBuffer page) {
    CRC32C crc = new CRC32C();
    crc.update(page.slice(0, CRC_AT));
    return (int) crc.getValue();
  }
}
