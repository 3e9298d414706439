package dev.sidelight.logger.spool;

import dev.sidelight.core.event.PayloadEvent;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes segments that every reader has passed, and makes room when a budget is used up. The
 * keeper calls {@link #step}; the writer asks {@link #hasRoom}.
 */
final class Retention implements SpoolWriter.Room {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final long MARGIN = 512 << 10;
  private static final long FREE_MIN = 64 << 20;
  private static final long FREE_CHECK_NANOS = 1_000_000_000L;

  private final Disk disk;
  private final SpoolSettings settings;
  private final Segments segments;
  private final Collection<Reader> readers;
  private final CounterPage page;
  private final Gaps gaps;
  private final Consumer<PayloadEvent.Gap> tell;
  private final SpoolClock clock;
  private long freeCheckedAt;
  private volatile boolean diskLow;

  /**
   * @param readers live view
   */
  Retention(
      SpoolCursor.Log log, SpoolSettings settings, Collection<Reader> readers, Upkeep upkeep) {
    this.disk = log.disk();
    this.segments = log.segments();
    this.settings = settings;
    this.readers = readers;
    this.page = upkeep.page;
    this.gaps = upkeep.gaps;
    this.tell = upkeep.tell;
    this.clock = upkeep.clock;
    this.freeCheckedAt = clock.nanos() - FREE_CHECK_NANOS;
  }

  /** What retention counts and tells with. */
  record Upkeep(CounterPage page, Gaps gaps, Consumer<PayloadEvent.Gap> tell, SpoolClock clock) {}

  /** Saves readers that moved, deletes what nobody needs, keeps the budgets. True if it did. */
  boolean step() {
    boolean did = false;
    for (Reader reader : readers) {
      did |= save(reader);
    }
    checkFree();
    for (Reader reader : readers) {
      did |= keepBacklog(reader);
    }
    did |= deletePassed();
    return did;
  }

  @Override
  public boolean hasRoom() {
    if (segments.bytes() + MARGIN <= settings.bytesMax() && !diskLow) {
      return true;
    }
    return settings.whenFull() == SpoolSettings.WhenFull.DROP_OLDEST && makeRoom();
  }

  /** The oldest segment goes, whoever still needed it. */
  private synchronized boolean makeRoom() {
    Segment oldest = segments.oldest();
    Segment after = oldest == null ? null : segments.after(oldest);
    if (oldest == null || after == null) {
      return false;
    }
    for (Reader reader : readers) {
      moveOn(reader, after);
    }
    deletePassed();
    if (segments.oldest() == oldest) {
      delete(oldest); // nobody reads
    }
    freeCheckedAt = clock.nanos() - FREE_CHECK_NANOS;
    checkFree();
    return !diskLow && segments.bytes() + MARGIN <= settings.bytesMax();
  }

  private boolean keepBacklog(Reader reader) {
    long max = settings.backlogBytesMax(reader.name);
    Reader.State state = reader.state();
    Segment at = segments.holding(state.next());
    Segment after = at == null ? null : segments.after(at);
    if (at == null || after == null) {
      return false;
    }
    long backlog = segments.bytesFrom(at.first) - Math.max(0, state.offset());
    return backlog > max && moveOn(reader, after);
  }

  private boolean moveOn(Reader reader, Segment to) {
    long from = reader.next();
    long count = reader.skipTo(to);
    if (count < 0) {
      return false;
    }
    save(reader);
    if (count > 0) {
      tell.accept(gaps.ofRecords(from, to.first - 1, count, 0, GapReason.SINK_BUDGET, reader.name));
    }
    LOG.warn("Reader {} is too far behind: {} events are given up for it", reader.name, count);
    return true;
  }

  private boolean save(Reader reader) {
    try {
      return reader.save();
    } catch (IOException e) {
      LOG.warn("The place of reader {} could not be saved: {}", reader.name, e.getMessage());
      return false;
    }
  }

  private synchronized boolean deletePassed() {
    boolean did = false;
    Segment oldest = segments.oldest();
    while (oldest != null) {
      Segment after = segments.after(oldest);
      if (after == null || readers.isEmpty() || !allPassed(after.first) || !delete(oldest)) {
        return did;
      }
      did = true;
      oldest = segments.oldest();
    }
    return did;
  }

  private boolean allPassed(long first) {
    for (Reader reader : readers) {
      if (reader.savedNext() < first) {
        return false;
      }
    }
    return true;
  }

  private boolean delete(Segment segment) {
    try {
      page.force(); // the page is what remembers the counts of records that are gone
      disk.delete(segment.file());
      segments.remove(segment);
      disk.syncFolder("");
      return true;
    } catch (IOException e) {
      LOG.warn("{} could not be deleted: {}", segment.file(), e.getMessage());
      return false;
    }
  }

  /** 64 MiB or 5 % of the disk, whichever is less, is left to others. */
  private void checkFree() {
    long now = clock.nanos();
    if (now - freeCheckedAt < FREE_CHECK_NANOS) {
      return;
    }
    freeCheckedAt = now;
    try {
      diskLow = disk.free() < Math.min(FREE_MIN, disk.total() / 20);
    } catch (IOException e) {
      LOG.debug("Free disk space is unknown", e);
    }
  }
}
