package dev.sidelight.logger.spool;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Uuid7;
import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.Ledger;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on disk: one ring per event loop, one writer, checksummed segments, readers behind
 * cursors of their own. One process at a time per directory.
 *
 * <p>Threads: {@code sidelight-spool-writer}, {@code -sync} (fsync at full speed only) and {@code
 * -keeper} (cursor files, deletion).
 */
public final class Spool implements EventLog {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
  private static final long REPORT_BYTES = 8 << 20;

  private final Disk disk;
  private final Closeable lock;
  private final CounterPage page;
  private final Segments segments;
  private final Commit commit;
  private final Map<String, Reader> readers;
  private final List<Ring> loops;
  private final Ring internal;
  private final SpoolCursor.Log log;
  private final SpoolWriter writer;
  private final Retention retention;
  private final LedgerBook ledger;
  private final Wake writerWake = new Wake();
  private @Nullable SpoolThreads threads;
  private boolean closed;

  /** The outside world, so that tests can play it. */
  record World(Disk disk, SpoolClock clock, long seed, boolean threads) {}

  /**
   * Recovers what lies in the directory and starts the writer.
   *
   * @throws SpoolException when another process holds the directory, or it is not ours to read
   */
  public static Spool open(SpoolSettings settings) {
    try {
      Disk disk = new LocalDisk(settings.dir());
      long seed = new SecureRandom().nextLong();
      if (settings.fsync() == SpoolSettings.Fsync.OS) {
        LOG.warn("spool.fsync is os: accepted events survive kill -9, but not power loss");
      }
      return open(settings, new World(disk, SpoolClock.SYSTEM, seed, true));
    } catch (IOException e) {
      throw new SpoolException("spool %s cannot be opened: %s".formatted(settings.dir(), e), e);
    }
  }

  static Spool open(SpoolSettings settings, World world) throws IOException {
    Closeable lock = world.disk.lock();
    try {
      return new Spool(settings, world, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private Spool(SpoolSettings settings, World world, Closeable lock) throws IOException {
    this.disk = world.disk;
    this.lock = lock;
    SplittableRandom random = new SplittableRandom(world.seed);
    UUID fresh = new UUID(random.nextLong(), random.nextLong());
    Recovery recovery = new Recovery(disk, fresh);
    Recovery.Found found = recovery.run();
    SpoolClock clock = world.clock;
    Gaps gaps =
        new Gaps(
            found.carried().spool(),
            found.carried().epoch(),
            clock,
            new Uuid7(() -> clock.micros() / 1000, random.nextLong()));
    page =
        CounterPage.create(disk, Recovery.COUNTERS + ".new", found.carried(), settings.loops() + 1);
    segments = found.segments();
    readers = found.readers();
    Arrivals arrivals = new Arrivals();
    commit =
        new Commit(
            page,
            settings.fsync() != SpoolSettings.Fsync.OS,
            clock,
            arrivals,
            found.nextSequence() - 1,
            found.exchanges());
    internal = new Ring(RecordHead.INTERNAL, page.slot(0), REPORT_BYTES, 1024, clock, writerWake);
    loops = rings(settings, clock);
    Quarantine quarantine = new Quarantine(disk, gaps, this::tell);
    log = new SpoolCursor.Log(disk, segments, commit, arrivals, quarantine, new Wake());
    retention =
        new Retention(
            log, settings, readers.values(), new Retention.Upkeep(page, gaps, this::tell, clock));
    Appender appender =
        new Appender(
            new Appender.Origin(
                disk, clock, found.carried().spool(), found.carried().epoch(), found.lastMicros()),
            settings,
            segments,
            commit,
            gaps);
    List<Ring> all = new ArrayList<>(loops);
    all.add(internal);
    writer = new SpoolWriter(clock, settings, all, appender, commit, retention, gaps);
    ledger = new LedgerBook(found.carried(), page, loops, commit, readers.values());
    for (Recovery.Lost lost : found.lost()) {
      writer.first(Recovery.gap(lost, gaps), internal);
    }
    recovery.quarantine(quarantine);
    recovery.close();
    begin(settings, world.threads);
  }

  /**
   * What was lost is on the disk, and the counters are this epoch's, before anything is offered.
   */
  private void begin(SpoolSettings settings, boolean withThreads) throws IOException {
    writer.step();
    commit.sync();
    disk.rename(Recovery.COUNTERS + ".new", Recovery.COUNTERS);
    disk.syncFolder("");
    if (withThreads) {
      threads = new SpoolThreads(writer, commit, retention, settings, writerWake, log.keeper());
    }
  }

  private List<Ring> rings(SpoolSettings settings, SpoolClock clock) {
    List<Ring> rings = new ArrayList<>();
    long budget = settings.ringBytes() / settings.loops();
    for (int loop = 0; loop < settings.loops(); loop++) {
      CounterPage.Slot slot = page.slot(loop + 1);
      rings.add(new Ring(loop, slot, budget, settings.ringSlots(), clock, writerWake));
    }
    return List.copyOf(rings);
  }

  @Override
  public EventSink sink(int loop) {
    return loops.get(loop);
  }

  @Override
  public EventSink.Offer report(PayloadEvent.Report report) {
    synchronized (internal) {
      internal.started();
      internal.pinned(report.json().length);
      return internal.offer(report);
    }
  }

  private void tell(PayloadEvent.Gap gap) {
    synchronized (internal) {
      internal.started();
      internal.offer(gap);
    }
  }

  @Override
  public Cursor cursor(String name, From from) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a reader's name must be 1 to 40 of a-z, 0-9 and -, got '%s'".formatted(name));
    }
    synchronized (readers) {
      Reader reader = readers.get(name);
      if (reader == null) {
        reader = create(name, from);
        readers.put(name, reader);
      }
      return new SpoolCursor(log, reader);
    }
  }

  private Reader create(String name, From from) {
    Segment oldest = segments.oldest();
    boolean atEnd = from == From.NEWEST || oldest == null;
    long exchanges = commit.exchanges();
    long next = commit.durable() + 1;
    CursorFile.Place place = new CursorFile.Place(next, 0, 0, 0, exchanges, 0);
    if (!atEnd && oldest != null) {
      exchanges = oldest.exchangesBefore;
      place =
          new CursorFile.Place(oldest.first, oldest.first, SegmentHeader.BYTES, 0, exchanges, 0);
    }
    try {
      Reader reader = new Reader(name, CursorFile.create(disk, name), place, exchanges);
      reader.saveFirst();
      return reader;
    } catch (IOException e) {
      throw new SpoolException("the place of reader " + name + " cannot be written: " + e, e);
    }
  }

  @Override
  public long durableSequence() {
    return commit.durable();
  }

  @Override
  public Ledger ledger() {
    return ledger.now();
  }

  /** For metrics. */
  public SpoolStats stats() {
    Ledger now = ledger();
    long pinned = 0;
    for (Ring ring : loops) {
      pinned += ring.used();
    }
    return commit.stats(
        new SpoolStats(
            segments.bytes(),
            segments.count(),
            0,
            0,
            0,
            0,
            0,
            now.queued(),
            pinned,
            writer.degraded()));
  }

  @Override
  public void close() {
    synchronized (readers) {
      if (closed) {
        return;
      }
      closed = true;
    }
    loops.forEach(Ring::close);
    internal.close();
    SpoolThreads running = threads;
    boolean stopped = running == null || running.close();
    boolean clean = stopped && writer.finish();
    for (Reader reader : readers.values()) {
      try {
        reader.save();
        reader.close();
      } catch (IOException e) {
        LOG.warn("The place of reader {} could not be saved: {}", reader.name, e.getMessage());
        clean = false;
      }
    }
    release(clean);
  }

  private void release(boolean clean) {
    try {
      if (clean) {
        page.clean();
      }
      lock.close();
    } catch (IOException e) {
      LOG.warn("The spool could not be closed cleanly: {}", e.getMessage());
    }
  }

  /** For tests without threads: one turn of everything. */
  void turn() {
    writer.step();
    commit.sync();
    retention.step();
  }

  /** For tests: the process dies here. */
  void kill() throws IOException {
    SpoolThreads running = threads;
    if (running != null) {
      running.close();
    }
    lock.close();
  }
}
