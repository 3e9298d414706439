package dev.sidelight.logger.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one segment from front to back.
 *
 * @param end offset behind the last whole record
 * @param next sequence behind the last whole record, or behind what was lost at the end of a
 *     segment that is not the last
 * @param exchanges records of exchanges, lost ones included
 * @param lastMicros time of the last record
 * @param sealed the last record is a seal
 */
record SegmentScan(
    long end,
    long next,
    long exchanges,
    long lastMicros,
    int lastEpoch,
    boolean sealed,
    List<Damage> damages) {

  /**
   * A place that cannot be read.
   *
   * @param sequence of the first record lost there
   * @param records lost, at least 1
   * @param exchanges of them, as far as can be told
   */
  record Damage(long segment, long from, long to, long sequence, long records, long exchanges) {}

  /** Sees each whole record. */
  interface Visitor {
    void record(SegmentFile.Found found);
  }

  /**
   * @param endSequence first sequence of the next segment; {@link Long#MAX_VALUE} for the last one
   */
  static SegmentScan of(SegmentFile file, long first, long endSequence, Visitor visitor)
      throws IOException {
    long at = SegmentHeader.BYTES;
    long next = first;
    long exchanges = 0;
    long micros = 0;
    int epoch = 0;
    boolean sealed = false;
    List<Damage> damages = new ArrayList<>();
    long size = file.size();
    while (at < size && next < endSequence) {
      SegmentFile.Found found = file.read(at);
      if (found == null || found.head().sequence() != next) {
        Damage damage = damage(file, first, at, next, endSequence);
        if (damage == null) {
          break; // a torn tail
        }
        damages.add(damage);
        exchanges += damage.exchanges();
        next += damage.records();
        at = damage.to();
        continue;
      }
      visitor.record(found);
      RecordHead head = found.head();
      exchanges += head.type() == RecordHead.EXCHANGE ? 1 : 0;
      sealed = head.type() == RecordHead.SEAL;
      micros = head.timeMicros();
      epoch = head.epoch();
      next++;
      at += head.length();
    }
    return new SegmentScan(at, next, exchanges, micros, epoch, sealed, List.copyOf(damages));
  }

  /**
   * What is lost at {@code at}, where {@code next} was expected.
   *
   * @return null when nothing whole follows in the last segment: it was torn, nothing is lost
   */
  static @Nullable Damage damage(
      SegmentFile file, long segment, long at, long next, long endSequence) throws IOException {
    SegmentFile.Next behind = file.find(at + 8, next, endSequence);
    if (behind == null && endSequence == Long.MAX_VALUE) {
      return null;
    }
    long to = behind == null ? file.size() : behind.at();
    long records = (behind == null ? endSequence : behind.head().sequence()) - next;
    long exchanges = records;
    int type = file.typeAt(at);
    boolean other = type > RecordHead.EXCHANGE && type <= RecordHead.SEAL;
    boolean seal = behind == null && to - at == Seal.BYTES;
    if (records > 0 && (other || seal)) {
      exchanges--; // the first lost record was no exchange; of those behind it nothing is known
    }
    return new Damage(segment, at, to, next, records, exchanges);
  }
}
