package dev.sidelight.logger.spool;

import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.LoggedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads durable records for one reader, from the segment files. One thread. */
final class SpoolCursor implements Cursor {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolCursor.class);

  /** What a cursor needs of the spool. */
  record Log(
      Disk disk,
      Segments segments,
      Commit commit,
      Arrivals arrivals,
      Quarantine quarantine,
      Wake keeper) {}

  private final Log log;
  private final Reader reader;
  private final RecordDecoder decoder = new RecordDecoder();
  private @Nullable Segment segment;
  private @Nullable SegmentFile file;
  private long next;
  private long offset;
  private long exchanges;
  private long lost;

  SpoolCursor(Log log, Reader reader) {
    this.log = log;
    this.reader = reader;
    rewind();
  }

  @Override
  public List<LoggedEvent> read(int records, long bytes, long waitMillis)
      throws InterruptedException {
    List<LoggedEvent> events = new ArrayList<>();
    long deadline = System.nanoTime() + waitMillis * 1_000_000;
    while (true) {
      if (reader.next() > next) {
        goTo(reader.state()); // moved on to make room
      }
      boolean stuck = !fill(events, records, bytes);
      long left = Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
      if (!events.isEmpty() || left == 0) {
        return events;
      }
      long from = stuck ? log.commit.durable() + 1 : next;
      log.arrivals.await(() -> log.commit.durable() >= from, left);
    }
  }

  @Override
  public void rewind() {
    goTo(reader.rewind());
  }

  @Override
  public void settle(long sequence, long written, long skipped, long dead) {
    reader.settle(sequence, written, skipped, dead);
    log.keeper.up();
  }

  @Override
  public long position() {
    return reader.next();
  }

  @Override
  public void close() {
    closeFile();
    try {
      reader.save();
    } catch (IOException e) {
      LOG.warn("The place of reader {} could not be saved: {}", reader.name, e.getMessage());
    }
  }

  /** False when what is durable cannot be read now. */
  private boolean fill(List<LoggedEvent> events, int records, long bytesMax) {
    long bytes = 0;
    try {
      while (events.size() < records && bytes < bytesMax && next <= log.commit.durable()) {
        SegmentFile from = open();
        SegmentFile.Found found = from == null ? null : record(from);
        if (from == null || found == null) {
          if (from == null || !skipDamage(from)) {
            return false;
          }
          continue;
        }
        bytes += found.head().length();
        take(found, events);
        from.lend();
      }
      return true;
    } catch (IOException e) {
      LOG.warn("Reader {} cannot read the spool: {}", reader.name, e.getMessage());
      closeFile();
      return false;
    }
  }

  private void take(SegmentFile.Found found, List<LoggedEvent> events) {
    RecordHead head = found.head();
    @Nullable LoggedEvent event = head.type() == RecordHead.SEAL ? null : decode(found);
    long exchange = head.type() == RecordHead.EXCHANGE ? 1 : 0;
    next++;
    offset += head.length();
    exchanges += exchange;
    if (event == null) {
      lost += exchange;
    } else {
      events.add(event);
    }
    mark(event == null);
  }

  private @Nullable LoggedEvent decode(SegmentFile.Found found) {
    RecordHead head = found.head();
    try {
      PayloadEvent event = decoder.decode(head, found.payload());
      return new LoggedEvent(head.sequence(), head.timeMicros(), head.loop(), head.number(), event);
    } catch (IllegalArgumentException e) {
      LOG.warn("Record {} is whole but cannot be understood: {}", head.sequence(), e.getMessage());
      return null;
    }
  }

  /** The expected record; null when it is not there, whole. */
  private SegmentFile.@Nullable Found record(SegmentFile from) throws IOException {
    SegmentFile.Found found = from.read(offset);
    if (found == null || found.head().sequence() != next) {
      from.forget(); // it may have been half written when it was read ahead
      found = from.read(offset);
    }
    return found == null || found.head().sequence() != next ? null : found;
  }

  private boolean skipDamage(SegmentFile from) throws IOException {
    Segment here = segment;
    Segment after = here == null ? null : log.segments.after(here);
    if (here == null) {
      return false;
    }
    long end = after == null ? log.commit.durable() + 1 : after.first;
    if (after == null && from.find(offset + 8, next, end) == null) {
      return false; // where the next record begins will be known when there is one
    }
    SegmentScan.Damage damage = SegmentScan.damage(from, here.first, offset, next, end);
    if (damage == null) {
      return false;
    }
    log.quarantine.add(from, damage);
    next += damage.records();
    offset = damage.to();
    exchanges += damage.exchanges();
    lost += damage.exchanges();
    if (damage.records() > 0) {
      mark(true);
    }
    return true;
  }

  private void mark(boolean silent) {
    Segment here = segment;
    long first = here == null ? 0 : here.first;
    reader.read(new Reader.Mark(next - 1, first, offset, exchanges, lost, silent));
    if (silent) {
      log.keeper.up();
    }
  }

  /** The file that holds the next record, or null when there is none. */
  private @Nullable SegmentFile open() throws IOException {
    Segment here = segment;
    Segment after = here == null ? log.segments.holding(next) : log.segments.after(here);
    if (here == null || (after != null && next >= after.first)) {
      if (after == null) {
        return null;
      }
      closeFile();
      segment = after;
      if (here != null || next <= after.first) {
        begin(after);
      } else {
        locate(after);
      }
    }
    SegmentFile open = file;
    if (open == null) {
      Segment current = segment;
      if (current == null) {
        return null;
      }
      open = new SegmentFile(log.disk.open(current.file()));
      file = open;
    }
    return open;
  }

  private void begin(Segment at) {
    next = Math.max(next, at.first);
    offset = SegmentHeader.BYTES;
    // what was guessed about damaged records is corrected by what the log knows
    lost += at.exchangesBefore - exchanges;
    exchanges = at.exchangesBefore;
  }

  /** Finds the place of a sequence in the middle of a segment. */
  private void locate(Segment at) throws IOException {
    file = new SegmentFile(log.disk.open(at.file()));
    offset = SegmentScan.of(file, at.first, next, _ -> {}).end();
  }

  private void goTo(Reader.State state) {
    closeFile();
    segment = null;
    next = state.next();
    offset = state.offset();
    exchanges = state.exchanges();
    lost = state.lost();
    Segment holding = log.segments.holding(next);
    if (holding != null && holding.first == state.segment()) {
      segment = holding;
    }
  }

  private void closeFile() {
    SegmentFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // it was only read
      }
    }
  }
}
