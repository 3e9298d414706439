package dev.sidelight.logger.spool;

import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Uuid7;
import java.util.UUID;

/** Makes the events that say what is missing. Thread-safe. */
final class Gaps {

  private final UUID spool;
  private final int epoch;
  private final SpoolClock clock;
  private final Uuid7 ids;

  Gaps(UUID spool, int epoch, SpoolClock clock, Uuid7 ids) {
    this.spool = spool;
    this.epoch = epoch;
    this.clock = clock;
    this.ids = ids;
  }

  synchronized UUID nextId() {
    return ids.next();
  }

  PayloadEvent.Gap ofRun(int loop, DropRun run) {
    return new PayloadEvent.Gap(
        nextId(),
        spool,
        epoch,
        loop,
        run.from(),
        run.to(),
        run.count(),
        run.bytes(),
        run.reason().word(),
        true,
        run.firstMicros(),
        run.lastMicros(),
        "");
  }

  /** One event that no segment can hold. */
  Group.Entry tooLarge(Group.Entry entry) {
    DropRun run = DropRun.one(entry.number(), entry.pinned(), GapReason.TOO_LARGE, clock.micros());
    long exchanges = entry.isExchange() ? 1 : 0;
    entry.event().release();
    return new Group.Entry(
        ofRun(entry.ring().loop, run), entry.ring(), entry.number(), entry.pinned(), exchanges);
  }

  /** What an earlier epoch of the spool lost of one loop. */
  PayloadEvent.Gap ofEpoch(
      int epoch, int loop, long from, long to, long count, GapReason reason, boolean exact) {
    long now = clock.micros();
    return new PayloadEvent.Gap(
        nextId(), spool, epoch, loop, from, to, count, 0, reason.word(), exact, now, now, "");
  }

  /**
   * Records lost behind the ring.
   *
   * @param from first sequence; {@code to} the last
   * @param sink empty where every reader lost them
   */
  PayloadEvent.Gap ofRecords(
      long from, long to, long count, long bytes, GapReason reason, String sink) {
    long now = clock.micros();
    return new PayloadEvent.Gap(
        nextId(),
        spool,
        epoch,
        RecordHead.INTERNAL,
        from,
        to,
        count,
        bytes,
        reason.word(),
        true,
        now,
        now,
        sink);
  }
}
