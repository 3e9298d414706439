package dev.sidelight.logger.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A reader's place on disk: two slots of 64 bytes, written in turn and synced, so that one of them
 * is always whole. {@code SLC1}, u64 generation, next sequence, segment, offset, written, skipped,
 * dead, CRC32C.
 */
final class CursorFile implements Closeable {

  static final int SLOT = 64;
  private static final int MAGIC = 0x534c4331; // SLC1
  private static final int CRC_AT = 60;

  /** What a slot says. */
  record Place(long next, long segment, long offset, long written, long skipped, long dead) {}

  private record Slot(long generation, Place place) {}

  private final Disk.DiskFile file;
  private long generation;

  private CursorFile(Disk.DiskFile file, long generation) {
    this.file = file;
    this.generation = generation;
  }

  static CursorFile create(Disk disk, String name) throws IOException {
    CursorFile created = new CursorFile(disk.create("cursors/" + name), 0);
    created.file.write(ByteBuffer.allocate(2 * SLOT), 0);
    disk.syncFolder("cursors");
    return created;
  }

  static CursorFile open(Disk disk, String name) throws IOException {
    CursorFile opened = new CursorFile(disk.open("cursors/" + name), 0);
    Slot slot = opened.slot();
    opened.generation = slot == null ? 0 : slot.generation;
    return opened;
  }

  /** The newest whole slot; null when neither is. */
  @Nullable Place place() throws IOException {
    Slot slot = slot();
    return slot == null ? null : slot.place;
  }

  /** Durable when this returns. */
  void save(Place place) throws IOException {
    long next = generation + 1;
    ByteBuffer slot = ByteBuffer.allocate(SLOT);
    slot.putInt(MAGIC).putLong(next);
    slot.putLong(place.next).putLong(place.segment).putLong(place.offset);
    slot.putLong(place.written).putLong(place.skipped).putLong(place.dead);
    slot.putInt(crc(slot)).flip();
    file.write(slot, SLOT * (next & 1));
    file.force();
    generation = next;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private @Nullable Slot slot() throws IOException {
    Slot even = slot(0);
    Slot odd = slot(SLOT);
    if (even == null || odd == null) {
      return even == null ? odd : even;
    }
    return even.generation > odd.generation ? even : odd;
  }

  private @Nullable Slot slot(long at) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(SLOT);
    while (slot.hasRemaining() && file.read(slot, at + slot.position()) > 0) {
      // until it is full or the file ends
    }
    if (slot.hasRemaining() || slot.getInt(0) != MAGIC || slot.getInt(CRC_AT) != crc(slot)) {
      return null;
    }
    Place place =
        new Place(
            slot.getLong(12),
            slot.getLong(20),
            slot.getLong(28),
            slot.getLong(36),
            slot.getLong(44),
            slot.getLong(52));
    return new Slot(slot.getLong(4), place);
  }

  private static int crc(ByteBuffer slot) {
    CRC32C crc = new CRC32C();
    crc.update(slot.slice(0, CRC_AT));
    return (int) crc.getValue();
  }
}
