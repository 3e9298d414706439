package dev.sidelight.logger.spool;

import dev.sidelight.core.event.PayloadEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * Brings the last epoch's counter page up to what lies in the spool: records that were written but
 * not yet counted as durable when the process ended.
 */
final class Tally implements SegmentScan.Visitor {

  private final int epoch;
  private final CounterPage.Last page;
  private final long[] numbers; // the last one found, by slot
  private final long[] gapNumbers; // of the new ones, those that stand for drops
  private final long[] writerGaps;
  private final long[] byReason = new long[CounterPage.REASONS];
  private final Set<Integer> told = new HashSet<>();

  Tally(CounterPage.Last page) {
    this.page = page;
    this.epoch = page.carried().epoch();
    int slots = page.slots().size();
    this.numbers = new long[slots];
    this.gapNumbers = new long[slots];
    this.writerGaps = new long[slots];
    for (int i = 0; i < slots; i++) {
      numbers[i] = page.slots().get(i).number();
    }
  }

  @Override
  public void record(SegmentFile.Found found) {
    RecordHead head = found.head();
    PayloadEvent.Gap gap =
        head.type() == RecordHead.GAP ? RecordDecoder.gap(head, Fields.of(found.payload())) : null;
    if (gap != null && gap.epoch() == epoch && gap.reason().equals(GapReason.CRASH_WINDOW.word())) {
      told.add(gap.loop());
    }
    int slot = head.loop() == RecordHead.INTERNAL ? 0 : head.loop() + 1;
    boolean counts = head.epoch() == epoch && slot < numbers.length && head.number() > 0;
    if (!counts || head.number() <= page.slots().get(slot).number()) {
      return;
    }
    numbers[slot] = Math.max(numbers[slot], head.number());
    if (gap != null && gap.loop() == head.loop() && slot > 0) {
      gapNumbers[slot] += gap.to() - gap.from() + 1;
      countWriterGap(slot, gap);
    }
  }

  private void countWriterGap(int slot, PayloadEvent.Gap gap) {
    if (gap.reason().equals(GapReason.TOO_LARGE.word())) {
      writerGaps[slot] += gap.count();
      byReason[GapReason.TOO_LARGE.place] += gap.count();
    }
  }

  /** The epoch's end as far as one loop goes. */
  record LoopEnd(long seen, long offered, long exchanges, long lost, long lastNumber) {}

  int loops() {
    return numbers.length - 1;
  }

  LoopEnd loop(int loop) {
    int slot = loop + 1;
    CounterPage.SlotCounts counts = page.slots().get(slot);
    long last = numbers[slot];
    long offered = Math.max(counts.offered(), last);
    long seen = Math.max(counts.started(), offered);
    long exchanges = counts.exchanges() + last - counts.number() - gapNumbers[slot];
    long gaps = counts.gaps() + writerGaps[slot] + counts.dropped();
    return new LoopEnd(seen, offered, exchanges, Math.max(0, seen - exchanges - gaps), last);
  }

  /** True when the spool already holds the gap event of that loop's crash. */
  boolean isTold(int loop) {
    return told.contains(loop);
  }

  /** What all epochs up to and with this one add up to. */
  Carried carried(int nextEpoch, String boot, long nextSequence, boolean exact) {
    Carried before = page.carried();
    long seen = before.seen();
    long exchanges = before.exchanges();
    long[] gaps = before.gaps().clone();
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] += page.gaps()[i] + byReason[i];
    }
    for (int loop = 0; loop < loops(); loop++) {
      LoopEnd end = loop(loop);
      CounterPage.SlotCounts counts = page.slots().get(loop + 1);
      seen += end.seen();
      exchanges += end.exchanges();
      gaps[GapReason.DISK_ERROR.place] += counts.diskError();
      gaps[GapReason.SPOOL_FULL.place] += counts.spoolFull();
      gaps[GapReason.RING_FULL.place] += counts.dropped() - counts.diskError() - counts.spoolFull();
    }
    long others = 0;
    for (int i = 0; i < gaps.length; i++) {
      others += i == GapReason.CRASH_WINDOW.place ? 0 : gaps[i];
    }
    // what was seen and is neither in the spool nor in another gap; this closes the sum exactly
    gaps[GapReason.CRASH_WINDOW.place] = Math.max(0, seen - exchanges - others);
    return new Carried(before.spool(), nextEpoch, boot, nextSequence, seen, exchanges, gaps, exact);
  }
}
