package dev.sidelight.logger.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes records behind each other and begins a new segment when one is full. After any failure the
 * file is given up for good: the kernel may have dropped its pages. One thread.
 */
final class Appender {

  private final Disk disk;
  private final Segments segments;
  private final Commit commit;
  private final SpoolClock clock;
  private final UUID spool;
  private final int epoch;
  private final long segmentBytes;
  private final RecordEncoder encoder;
  private final Gaps gaps;
  private final GroupBuffer buffer = new GroupBuffer();

  private Disk.@Nullable DiskFile file;
  private @Nullable Segment segment;
  private long exchanges; // records in this segment
  private long next;
  private long lastMicros;

  Appender(Origin origin, SpoolSettings settings, Segments segments, Commit commit, Gaps gaps) {
    this.disk = origin.disk();
    this.clock = origin.clock();
    this.spool = origin.spool();
    this.epoch = origin.epoch();
    this.lastMicros = origin.lastMicros();
    this.segments = segments;
    this.commit = commit;
    this.segmentBytes = settings.segmentBytes();
    this.encoder = new RecordEncoder(settings.headers());
    this.gaps = gaps;
    this.next = commit.durable() + 1;
  }

  /** Where this process's part of the log begins. */
  record Origin(Disk disk, SpoolClock clock, UUID spool, int epoch, long lastMicros) {}

  /**
   * Writes entries in order and hands them to {@link Commit}, which owns what it was given even
   * when an exception follows.
   *
   * @param entries the written ones are removed from its front
   */
  void append(List<Group.Entry> entries) throws IOException {
    long micros = clock.micros();
    lastMicros = Math.max(lastMicros, micros);
    int from = 0;
    int to = 0;
    try {
      while (to < entries.size()) {
        Group.Entry entry = entries.get(to);
        open();
        encoder.encode(entry.event(), place(entry));
        if (encoder.length() > segmentBytes - SegmentHeader.BYTES - Seal.BYTES) {
          entries.set(to, gaps.tooLarge(entry));
          continue;
        }
        if (buffer.bytes() + encoder.length() + open().bytes() > segmentBytes - Seal.BYTES) {
          flush(entries.subList(from, to));
          from = to;
          seal();
          continue; // encoded anew: its sequence is another one
        }
        encoder.writeTo(buffer);
        next++;
        exchanges += entry.isExchange() ? 1 : 0;
        to++;
        if (buffer.isFull()) {
          flush(entries.subList(from, to));
          from = to;
        }
      }
      flush(entries.subList(from, to));
      from = to;
    } finally {
      buffer.clear();
      entries.subList(0, from).clear();
    }
  }

  private RecordHead.Place place(Group.Entry entry) {
    return new RecordHead.Place(next, lastMicros, entry.number(), entry.ring().loop, epoch);
  }

  private void flush(List<Group.Entry> entries) throws IOException {
    if (buffer.isEmpty()) {
      return;
    }
    Segment to = open();
    Disk.DiskFile target = file();
    long bytes = buffer.bytes();
    target.append(buffer.take());
    buffer.clear();
    to.grew(bytes);
    commit.written(new Group(entries, to, next - 1, bytes), target);
  }

  /** Ends the segment; everything in it is durable when this returns. */
  void seal() throws IOException {
    Segment old = segment;
    if (old == null) {
      return;
    }
    RecordHead.Place place = new RecordHead.Place(next, lastMicros, 0, RecordHead.INTERNAL, epoch);
    encoder.encodeSeal(place, gaps.nextId(), next - old.first, old.bytes(), exchanges);
    encoder.writeTo(buffer);
    next++;
    flush(List.of());
    if (!commit.sync()) {
      throw new IOException("fsync failed");
    }
    file().close();
    file = null;
    segment = null;
  }

  /** The segment to write to; made when there is none. */
  private Segment open() throws IOException {
    Segment current = segment;
    if (current != null) {
      return current;
    }
    Segment fresh = new Segment(next, commit.exchanges(), SegmentHeader.BYTES);
    Disk.DiskFile created = create(fresh);
    segments.add(fresh);
    file = created;
    segment = fresh;
    exchanges = 0;
    return fresh;
  }

  private Disk.DiskFile create(Segment fresh) throws IOException {
    Segment poisoned = segments.newest();
    if (poisoned != null && poisoned.first == fresh.first) {
      disk.delete(poisoned.file()); // nothing in it was ever durable
      segments.remove(poisoned);
    }
    Disk.DiskFile created = disk.create(fresh.file());
    try {
      created.append(
          new ByteBuffer[] {SegmentHeader.of(spool, fresh.first, lastMicros, epoch).bytes()});
      disk.syncFolder("");
      return created;
    } catch (IOException e) {
      created.close();
      disk.delete(fresh.file());
      throw e;
    }
  }

  /** After a failure: this file is never written or synced again. */
  void giveUp() {
    Disk.DiskFile old = file;
    file = null;
    segment = null;
    buffer.clear();
    next = commit.durable() + 1;
    if (old != null) {
      try {
        old.close();
      } catch (IOException _) {
        // nothing more is wanted of it
      }
    }
  }

  private Disk.DiskFile file() {
    Disk.DiskFile open = file;
    if (open == null) {
      throw new IllegalStateException("no segment is open");
    }
    return open;
  }
}
