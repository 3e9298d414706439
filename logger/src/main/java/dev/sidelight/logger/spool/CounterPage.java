package dev.sidelight.logger.spool;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counters in memory that outlives the process: after {@code kill -9} they say what was under way.
 * A page belongs to one epoch; what earlier epochs saw and lost is carried in its header, so that
 * the ledger goes on. A new epoch writes a new file and renames it over the old one.
 *
 * <pre>
 *   0  header: see {@link Carried}, CRC32C at 248
 * 256  durable sequence, gaps made by the writer by reason (16 longs), 1 if closed cleanly
 * 512  128 bytes per slot: internal loop, loop 0, 1, ...
 *      0 started, 8 finished, 16 offered, 24 dropped, 32 of them disk_error, 40 of them spool_full
 *      64 generation; 72 (even) and 96 (odd): number, exchanges, gaps that are durable
 * </pre>
 *
 * The durable counts of a slot belong together, so they are written twice and switched by one
 * store.
 */
final class CounterPage {

  static final int REASONS = 16;
  private static final int DURABLE = 256;
  private static final int GAPS = 264;
  private static final int CLEAN = 392;
  private static final int SLOTS = 512;
  private static final int SLOT_BYTES = 128;
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Disk.Mapped mapped;
  private final ByteBuffer bytes;

  private CounterPage(Disk.Mapped mapped) {
    this.mapped = mapped;
    this.bytes = mapped.bytes();
  }

  /** A fresh page in the file {@code name}, durable. */
  static CounterPage create(Disk disk, String name, Carried carried, int slots) throws IOException {
    Disk.Mapped mapped = disk.map(name, SLOTS + slots * SLOT_BYTES);
    carried.write(mapped.bytes(), slots);
    mapped.force();
    return new CounterPage(mapped);
  }

  void force() throws IOException {
    mapped.force();
  }

  Slot slot(int index) {
    return new Slot(SLOTS + index * SLOT_BYTES);
  }

  void durable(long sequence) {
    set(DURABLE, sequence);
  }

  /** Nothing will be counted any more, and all of it is on the disk. */
  void clean() throws IOException {
    set(CLEAN, 1);
    force();
  }

  /** Events the writer had to turn into a gap. One thread at a time. */
  void gap(GapReason reason, long count) {
    int at = GAPS + 8 * reason.place;
    set(at, get(at) + count);
  }

  long gaps(GapReason reason) {
    return get(GAPS + 8 * reason.place);
  }

  private void set(int at, long value) {
    LONG.setRelease(bytes, at, value);
  }

  private long get(int at) {
    return (long) LONG.getAcquire(bytes, at);
  }

  /** One loop's counters. The first line is its loop's, the second the writer's. */
  final class Slot {

    private final int at;

    private Slot(int at) {
      this.at = at;
    }

    void started(long count) {
      set(at, count);
    }

    void finished(long count) {
      set(at + 8, count);
    }

    void offered(long number) {
      set(at + 16, number);
    }

    void dropped(GapReason reason) {
      if (reason != GapReason.RING_FULL) {
        int own = at + (reason == GapReason.DISK_ERROR ? 32 : 40);
        set(own, get(own) + 1);
      }
      set(at + 24, get(at + 24) + 1);
    }

    /** Everything up to {@code number} is durable, {@code exchanges} of it, the rest as gaps. */
    void durable(long number, long exchanges, long gaps) {
      long next = get(at + 64) + 1;
      int to = at + 72 + (int) (next & 1) * 24;
      set(to, number);
      set(to + 8, exchanges);
      set(to + 16, gaps);
      set(at + 64, next);
    }

    SlotCounts read() {
      while (true) {
        long generation = get(at + 64);
        SlotCounts counts = read(at + 72 + (int) (generation & 1) * 24);
        if (get(at + 64) == generation) {
          return counts;
        }
      }
    }

    private SlotCounts read(int from) {
      // durable first, started last: each is at least as far as those read before it
      long number = get(from);
      long exchanges = get(from + 8);
      long gaps = get(from + 16);
      long disk = get(at + 32);
      long full = get(at + 40);
      long dropped = get(at + 24);
      long offered = get(at + 16);
      return new SlotCounts(get(at), offered, dropped, disk, full, number, exchanges, gaps);
    }
  }

  /**
   * @param number the last number that is durable
   * @param exchanges durable ones
   * @param gaps exchanges the writer turned into gaps, durable
   */
  record SlotCounts(
      long started,
      long offered,
      long dropped,
      long diskError,
      long spoolFull,
      long number,
      long exchanges,
      long gaps) {}

  /** What a page said when its process ended. */
  record Last(Carried carried, long durable, boolean clean, long[] gaps, List<SlotCounts> slots) {}

  /**
   * Reads a page that no process holds any more.
   *
   * @return null when it is not whole
   */
  static @Nullable Last read(ByteBuffer file) {
    ByteBuffer direct = ByteBuffer.allocateDirect(file.remaining()).put(file.duplicate()).flip();
    int slots = Carried.slots(direct);
    if (slots < 0 || direct.capacity() < SLOTS + slots * SLOT_BYTES) {
      return null;
    }
    CounterPage page =
        new CounterPage(
            new Disk.Mapped() {
              @Override
              public ByteBuffer bytes() {
                return direct;
              }

              @Override
              public void force() {
                // a copy
              }
            });
    long[] gaps = new long[REASONS];
    for (GapReason reason : GapReason.values()) {
      gaps[reason.place] = page.gaps(reason);
    }
    List<SlotCounts> counts = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      counts.add(page.slot(i).read());
    }
    boolean clean = page.get(CLEAN) == 1;
    return new Last(Carried.read(direct), page.get(DURABLE), clean, gaps, counts);
  }
}
