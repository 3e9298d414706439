package dev.sidelight.logger.spool;

import dev.sidelight.core.event.PayloadEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events out of the rings, round robin, and writes them. When the disk refuses, everything
 * not yet durable stays in memory and is written again to a new segment; while that fails too the
 * rings fill up and refuse by the disk's name, and nothing that was accepted is given up.
 */
final class SpoolWriter {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);
  private static final int RECORDS_MAX = 1024;
  private static final int BYTES_MAX = 256 << 10;
  private static final int TURN = 64;
  private static final long UNSYNCED_MAX = 4 << 20;
  private static final long PROBE_NANOS = 1_000_000_000L;
  private static final long RUN_AGE_MICROS = 1_000_000;

  /** How a step ended. */
  enum Step {
    /** Nothing was there. */
    IDLE,
    /** All that was there is written and durable. */
    DONE,
    /** More waits. */
    MORE
  }

  private final List<Ring> rings;
  private final Appender appender;
  private final Commit commit;
  private final SpoolClock clock;
  private final SpoolSettings settings;
  private final Room room;
  private final Gaps gaps;
  private final long[] numbers;
  private final ArrayList<Group.Entry> toWrite = new ArrayList<>();
  private int turn;
  private long syncedAt;
  private boolean syncedQuickly;
  private boolean closing;
  private long probeAt;
  private volatile boolean degraded;
  private volatile boolean full;

  /** Whether more may be written; makes room where the settings allow it. */
  interface Room {
    boolean hasRoom();
  }

  SpoolWriter(
      SpoolClock clock,
      SpoolSettings settings,
      List<Ring> rings,
      Appender appender,
      Commit commit,
      Room room,
      Gaps gaps) {
    this.rings = rings;
    this.appender = appender;
    this.commit = commit;
    this.clock = clock;
    this.settings = settings;
    this.room = room;
    this.gaps = gaps;
    this.numbers = new long[rings.size()];
    this.syncedAt = clock.nanos();
  }

  boolean degraded() {
    return degraded || full;
  }

  /** Written before anything in the rings. Before the first step only. */
  void first(PayloadEvent.Gap gap, Ring internal) {
    toWrite.add(new Group.Entry(gap, internal, 0, 0, 0));
  }

  /** One pass over the rings. */
  Step step() {
    if (commit.failure() != null) {
      recover("fsync", commit.failure());
    }
    if (degraded && (clock.nanos() < probeAt || !probe())) {
      return Step.IDLE;
    }
    if (full && (clock.nanos() < probeAt || !roomAgain())) {
      return Step.IDLE;
    }
    if (waits() && !room.hasRoom()) {
      refuse(GapReason.SPOOL_FULL);
      full = true;
      probeAt = clock.nanos() + PROBE_NANOS / 10;
      return Step.IDLE;
    }
    boolean more = drain();
    if (toWrite.isEmpty()) {
      return commit.unsyncedBytes() == 0 || !commit.sync() ? Step.IDLE : Step.DONE;
    }
    if (!write()) {
      return Step.IDLE;
    }
    return commitWhenDue(more);
  }

  /** Writes and syncs what is left. False when the disk refused. */
  boolean finish() {
    closing = true;
    Step last = Step.MORE;
    while (last == Step.MORE) {
      last = step();
    }
    if (degraded() || !commit.sync()) {
      return false;
    }
    try {
      appender.seal();
      return true;
    } catch (IOException e) {
      LOG.warn("The last segment could not be sealed: {}", e.getMessage());
      return false;
    }
  }

  /** True when more is left than one group holds. */
  private boolean drain() {
    long bytes = 0;
    int quiet = 0;
    while (quiet < rings.size()) {
      if (toWrite.size() >= RECORDS_MAX || bytes >= BYTES_MAX) {
        return true;
      }
      int index = turn;
      turn = turn + 1 == rings.size() ? 0 : turn + 1;
      long taken = drain(rings.get(index), index);
      quiet = taken < 0 ? quiet + 1 : 0;
      bytes += Math.max(0, taken);
    }
    return false;
  }

  /** Bytes taken from one ring, or -1 when it was empty. */
  private long drain(Ring ring, int index) {
    long bytes = -1;
    for (int i = 0; i < TURN; i++) {
      Object item = ring.poll();
      if (item instanceof DropRun run) {
        bytes = Math.max(0, bytes) + RecordHead.BYTES;
        add(ring, index, run);
      } else if (item instanceof PayloadEvent event) {
        bytes = Math.max(0, bytes) + sizeOf(event);
        add(ring, index, event);
      } else {
        collectRun(ring, index);
        break;
      }
      if (bytes >= BYTES_MAX / 2) {
        break;
      }
    }
    return bytes;
  }

  private void collectRun(Ring ring, int index) {
    if (ring.hasRun() && (closing || ring.runAgeMicros(clock.micros()) >= RUN_AGE_MICROS)) {
      DropRun run = ring.takeRun();
      if (run != null) {
        add(ring, index, run);
      }
    }
  }

  private void add(Ring ring, int index, DropRun run) {
    DropRun before = run.before();
    if (before != null) {
      add(ring, index, before);
    }
    numbers[index] = run.to();
    toWrite.add(new Group.Entry(gaps.ofRun(ring.loop, run), ring, run.to(), 0, 0));
  }

  private void add(Ring ring, int index, PayloadEvent event) {
    long number = ++numbers[index];
    toWrite.add(new Group.Entry(event, ring, number, Ring.pins(event), 0));
  }

  private static long sizeOf(PayloadEvent event) {
    return switch (event) {
      case PayloadEvent.Exchange exchange ->
          512L
              + exchange.request().head().length()
              + exchange.request().body().length()
              + exchange.response().head().length()
              + exchange.response().body().length();
      case PayloadEvent.Half half ->
          512L + half.side().head().length() + half.side().body().length();
      case PayloadEvent.Report report -> 256L + report.json().length;
      case PayloadEvent.Gap _ -> 256L;
    };
  }

  private boolean write() {
    try {
      appender.append(toWrite);
      return true;
    } catch (IOException e) {
      recover("write", e);
      return !degraded;
    }
  }

  private Step commitWhenDue(boolean more) {
    if (!more || settings.fsync() == SpoolSettings.Fsync.EACH) {
      syncedAt = clock.nanos();
      syncedQuickly = false;
      return commit.sync() ? (more ? Step.MORE : Step.DONE) : Step.MORE;
    }
    long unsynced = commit.unsyncedBytes();
    long since = clock.nanos() - syncedAt;
    // at full speed 256 KiB groups would keep the disk busier than the writer: let them grow
    long enough = syncedQuickly ? 4L * settings.commitBytes() : settings.commitBytes();
    if (unsynced >= UNSYNCED_MAX) {
      commit.sync();
    } else if (unsynced >= enough || since >= settings.commitMillis() * 1_000_000L) {
      syncedQuickly = since < settings.commitMillis() * 1_000_000L;
      syncedAt = clock.nanos();
      commit.ask();
    }
    return Step.MORE;
  }

  /** The file failed: everything not durable is written anew, to another one. */
  private void recover(String what, @Nullable IOException cause) {
    List<Group> groups = commit.takeBack();
    ArrayList<Group.Entry> again = new ArrayList<>();
    groups.forEach(group -> again.addAll(group.entries()));
    toWrite.addAll(0, again);
    appender.giveUp();
    if (!degraded) {
      LOG.warn("The spool's {} failed, a new segment is begun: {}", what, String.valueOf(cause));
      probe();
    }
  }

  private boolean probe() {
    try {
      if (!toWrite.isEmpty()) {
        appender.append(toWrite);
      }
      if (!commit.sync()) {
        throw new IOException("fsync failed", commit.failure());
      }
      if (degraded) {
        LOG.info("The spool's disk takes events again");
        degraded = false;
        refuse(GapReason.RING_FULL);
      }
      return true;
    } catch (IOException e) {
      stayDegraded(e);
      return false;
    }
  }

  private void stayDegraded(IOException e) {
    if (!degraded) {
      LOG.warn("The spool's disk refuses: events wait in memory, then become gaps", e);
    }
    degraded = true;
    probeAt = clock.nanos() + PROBE_NANOS;
    boolean noSpace = String.valueOf(e.getMessage()).contains("No space");
    refuse(noSpace ? GapReason.SPOOL_FULL : GapReason.DISK_ERROR);
    recover("probe", e);
  }

  private boolean waits() {
    for (Ring ring : rings) {
      if (!ring.isEmpty() || ring.hasRun()) {
        return true;
      }
    }
    return false;
  }

  private boolean roomAgain() {
    if (!room.hasRoom()) {
      probeAt = clock.nanos() + PROBE_NANOS / 10;
      return false;
    }
    full = false;
    refuse(GapReason.RING_FULL);
    return true;
  }

  private void refuse(GapReason reason) {
    for (Ring ring : rings) {
      ring.reason = reason;
    }
  }
}
