package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.Ledger;
import dev.sidelight.logger.LoggedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpoolTest {

  private SimDisk disk = new SimDisk();
  private final TestClock clock = new TestClock();
  private long seed;

  private Spool open() throws IOException {
    return open(Sample.settings());
  }

  private Spool open(SpoolSettings settings) throws IOException {
    return Spool.open(settings, new Spool.World(disk, clock, ++seed, false));
  }

  private static void offer(Spool spool, int loop, long from, long to) {
    offer(spool, loop, from, to, 100);
  }

  private static void offer(Spool spool, int loop, long from, long to, int bodyBytes) {
    for (long n = from; n <= to; n++) {
      EventSink sink = spool.sink(loop);
      PayloadEvent.Exchange event = Sample.exchange(n, bodyBytes);
      sink.started();
      sink.pinned((int) Ring.pins(event));
      sink.offer(event);
    }
  }

  static List<LoggedEvent> readAll(Cursor cursor) throws InterruptedException {
    List<LoggedEvent> all = new ArrayList<>();
    List<LoggedEvent> some = cursor.read(100, 1 << 20, 0);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = cursor.read(100, 1 << 20, 0);
    }
    return all;
  }

  static void settleAll(Cursor cursor, List<LoggedEvent> events) {
    if (!events.isEmpty()) {
      long exchanges =
          events.stream().filter(e -> e.event() instanceof PayloadEvent.Exchange).count();
      cursor.settle(events.getLast().sequence(), exchanges, 0, 0);
    }
  }

  static List<PayloadEvent.Gap> gaps(List<LoggedEvent> events) {
    return events.stream()
        .map(LoggedEvent::event)
        .filter(PayloadEvent.Gap.class::isInstance)
        .map(PayloadEvent.Gap.class::cast)
        .toList();
  }

  static List<Long> ids(List<LoggedEvent> events) {
    return events.stream()
        .map(LoggedEvent::event)
        .filter(PayloadEvent.Exchange.class::isInstance)
        .map(e -> e.id().getLeastSignificantBits() & Long.MAX_VALUE)
        .toList();
  }

  private static List<Long> range(long from, long to) {
    List<Long> range = new ArrayList<>();
    for (long n = from; n <= to; n++) {
      range.add(n);
    }
    return range;
  }

  private static Ledger.SinkLedger balanced(Spool spool) {
    Ledger ledger = spool.ledger();
    assertThat(ledger.sinks()).allSatisfy(sink -> assertThat(sink.balanced()).isTrue());
    return ledger.sinks().getFirst();
  }

  @Test
  void read_whatWasOffered_inOrderOfEachLoop() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    offer(spool, 0, 1, 5);
    offer(spool, 1, 6, 9);
    spool.turn();

    List<LoggedEvent> events = readAll(cursor);

    assertThat(ids(events)).containsExactlyInAnyOrderElementsOf(range(1, 9));
    assertThat(events).extracting(LoggedEvent::sequence).isEqualTo(range(1, 9));
    assertThat(events.stream().filter(e -> e.loop() == 0).map(LoggedEvent::number))
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(balanced(spool).pending()).isEqualTo(9);
    settleAll(cursor, events);
    assertThat(balanced(spool).written()).isEqualTo(9);
  }

  @Test
  void read_beforeTheFsync_nothing() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);

    offer(spool, 0, 1, 1);

    assertThat(readAll(cursor)).isEmpty();
    assertThat(spool.ledger().queued()).isEqualTo(1);
    assertThat(balanced(spool).pending()).isEqualTo(1);
  }

  @Test
  void rewind_unsettled_comesAgain() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    offer(spool, 0, 1, 6);
    spool.turn();
    List<LoggedEvent> events = readAll(cursor);
    cursor.settle(events.get(1).sequence(), 1, 1, 0);

    cursor.rewind();

    assertThat(ids(readAll(cursor))).isEqualTo(range(3, 6));
    assertThat(balanced(spool)).isEqualTo(new Ledger.SinkLedger("store", 1, 1, 0, 4, 0, true));
  }

  @Test
  void settle_wrongCounts_refused() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    offer(spool, 0, 1, 2);
    spool.report(Sample.report(7, 10));
    spool.turn();
    List<LoggedEvent> events = readAll(cursor);

    assertThatThrownBy(() -> cursor.settle(events.getLast().sequence(), 3, 0, 0))
        .hasMessageContaining("read 2 exchanges");
    assertThatThrownBy(() -> cursor.settle(99, 3, 0, 0)).hasMessageContaining("not read");
    cursor.settle(events.getLast().sequence(), 2, 0, 0);
    assertThat(balanced(spool).written()).isEqualTo(2);
  }

  @Test
  void newest_beginsAtTheEnd_whatIsBeforeCountsAsSkipped() throws Exception {
    Spool spool = open();
    offer(spool, 0, 1, 4);
    spool.turn();

    Cursor cursor = spool.cursor("kafka", EventLog.From.NEWEST);
    offer(spool, 0, 5, 6);
    spool.turn();

    assertThat(ids(readAll(cursor))).isEqualTo(range(5, 6));
    assertThat(balanced(spool).skipped()).isEqualTo(4);
  }

  @Test
  void close_open_goesOnWhereItWas() throws Exception {
    Spool first = open();
    Cursor cursor = first.cursor("store", EventLog.From.OLDEST);
    offer(first, 0, 1, 10);
    first.turn();
    List<LoggedEvent> events = readAll(cursor);
    settleAll(cursor, events.subList(0, 4));
    offer(first, 1, 11, 12);
    first.close();

    disk = disk.afterKill();
    Spool second = open();
    Cursor again = second.cursor("store", EventLog.From.NEWEST);

    assertThat(ids(readAll(again))).isEqualTo(range(5, 12));
    Ledger.SinkLedger ledger = balanced(second);
    assertThat(ledger.written()).isEqualTo(4);
    assertThat(ledger.pending()).isEqualTo(8);
    assertThat(second.ledger().seen()).isEqualTo(12);
    assertThat(second.ledger().exact()).isTrue();
  }

  @Test
  void kill_inFlightQueuedAndUnsynced_countedExactly() throws Exception {
    Spool first = open();
    Cursor cursor = first.cursor("store", EventLog.From.OLDEST);
    offer(first, 0, 1, 10);
    first.turn();
    settleAll(cursor, readAll(cursor));
    first.turn(); // saves the cursor
    offer(first, 0, 11, 13);
    first.sink(1).started();
    first.sink(1).started();
    first.kill();

    disk = disk.afterKill();
    Spool second = open();
    List<LoggedEvent> left = readAll(second.cursor("store", EventLog.From.OLDEST));

    assertThat(ids(left)).isEmpty();
    assertThat(gaps(left))
        .extracting(g -> List.of((long) g.loop(), g.from(), g.to(), g.count()))
        .containsExactly(List.of(0L, 11L, 13L, 3L), List.of(1L, 1L, 0L, 2L));
    assertThat(gaps(left)).allMatch(PayloadEvent.Gap::exact);
    assertThat(second.ledger().gaps()).containsEntry("crash_window", 5L);
    assertThat(second.ledger().seen()).isEqualTo(15);
    assertThat(balanced(second).written()).isEqualTo(10);
  }

  @Test
  void ringFull_gapComesBeforeTheNextEvent() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    offer(spool, 0, 1, 1030); // 1,024 slots
    spool.turn();
    spool.turn();
    offer(spool, 0, 1031, 1031);
    spool.turn();

    List<LoggedEvent> events = readAll(cursor);

    assertThat(events).hasSize(1026);
    PayloadEvent.Gap gap = gaps(events).getFirst();
    assertThat(events.indexOf(events.get(1024))).isEqualTo(1024);
    assertThat(events.get(1024).event()).isEqualTo(gap);
    assertThat(List.of(gap.from(), gap.to(), gap.count())).containsExactly(1025L, 1030L, 6L);
    assertThat(gap.reason()).isEqualTo("ring_full");
    assertThat(events.get(1025).number()).isEqualTo(1031);
    assertThat(spool.ledger().gaps()).containsEntry("ring_full", 6L);
    assertThat(balanced(spool).pending()).isEqualTo(1025);
  }

  @Test
  void ringFull_quietAfterwards_writerCollectsTheGapAfterASecond() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    offer(spool, 0, 1, 1026);
    spool.turn();
    spool.turn();
    assertThat(gaps(readAll(cursor))).isEmpty();

    clock.pass(1000);
    spool.turn();

    assertThat(gaps(readAll(cursor))).hasSize(1);
  }

  @Test
  void bodies_releasedOnceAndOnlyAfterTheFsync() throws Exception {
    Spool spool = open();
    Sample.Counted body = new Sample.Counted(20_000, 65_536);
    EventSink sink = spool.sink(0);
    sink.started();
    sink.pinned(65_536 + Sample.HEAD.length());
    sink.offer(Sample.exchange(Sample.id(1), body, Payload.EMPTY));
    assertThat(spool.stats().queueBytes()).isGreaterThan(65_000);
    disk.failAt(disk.operations() + 3, SimDisk.Fault.ONCE); // create, append, sync folder: then it
    spool.turn();
    int before = body.released;
    spool.turn();
    spool.turn();

    assertThat(before).isLessThanOrEqualTo(1);
    assertThat(body.released).isEqualTo(1);
    assertThat(spool.stats().queueBytes()).isEqualTo(0);
  }

  @Test
  void tooLarge_becomesAGap() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    offer(spool, 0, 1, 1);
    offer(spool, 0, 2, 2, 2 << 20);
    offer(spool, 0, 3, 3);
    spool.turn();
    spool.turn();

    List<LoggedEvent> events = readAll(cursor);

    assertThat(ids(events)).containsExactly(1L, 3L);
    assertThat(gaps(events)).extracting(PayloadEvent.Gap::reason).containsExactly("too_large");
    settleAll(cursor, events);
    assertThat(balanced(spool).gaps()).isEqualTo(1);
    spool.kill();
    disk = disk.afterKill();
    assertThat(balanced(open()).gaps()).isEqualTo(1);
  }

  @Test
  void segments_rollAndGoWhenAllReadersPassed() throws Exception {
    Spool spool = open();
    Cursor fast = spool.cursor("fast", EventLog.From.OLDEST);
    Cursor slow = spool.cursor("slow", EventLog.From.OLDEST);
    offer(spool, 0, 1, 500, 5000);
    spool.turn();
    spool.turn();
    for (int i = 0; i < 20; i++) {
      spool.turn();
    }
    int segments = spool.stats().segments();
    List<LoggedEvent> events = readAll(fast);
    settleAll(fast, events);
    spool.turn();
    int whileOneIsSlow = spool.stats().segments();
    settleAll(slow, readAll(slow));
    spool.turn();

    assertThat(ids(events)).isEqualTo(range(1, 500));
    assertThat(segments).isEqualTo(3);
    assertThat(whileOneIsSlow).isEqualTo(3);
    assertThat(spool.stats().segments()).isEqualTo(1);
    assertThat(balanced(spool).written()).isEqualTo(500);
  }

  @Test
  void budget_dropOldest_slowReaderLosesAndItIsCounted() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("slow", EventLog.From.OLDEST);
    for (int i = 0; i < 15; i++) {
      offer(spool, 0, i * 100L + 1, i * 100L + 100, 5000);
      spool.turn();
      spool.turn();
    }
    for (int i = 0; i < 20; i++) {
      spool.turn();
    }

    List<LoggedEvent> events = readAll(cursor);
    Ledger.SinkLedger before = balanced(spool);
    settleAll(cursor, events);
    Ledger.SinkLedger after = balanced(spool);

    assertThat(spool.stats().bytes()).isLessThanOrEqualTo(4 << 20);
    assertThat(ids(events).getLast()).isEqualTo(1500);
    long lost = 1500L - ids(events).size();
    assertThat(lost).isPositive();
    assertThat(before.gaps()).isEqualTo(lost);
    assertThat(after.written()).isEqualTo(1500 - lost);
    // the ledger knows all of it; of the gap events some lay in what was given up later
    assertThat(gaps(events)).isNotEmpty().allMatch(g -> g.reason().equals("sink_budget"));
  }

  @Test
  void budget_dropNewest_refusesUntilThereIsRoom() throws Exception {
    SpoolSettings settings = Sample.settings(SpoolSettings.WhenFull.DROP_NEWEST);
    Spool spool = open(settings);
    Cursor cursor = spool.cursor("slow", EventLog.From.OLDEST);
    long n = 0;
    while (!spool.ledger().gaps().containsKey("spool_full") && n < 10_000) {
      offer(spool, 0, n + 1, n + 40, 5000);
      n += 40;
      spool.turn();
    }
    assertThat(spool.stats().bytes()).isLessThanOrEqualTo(settings.bytesMax());
    for (int i = 0; i < 60; i++) {
      settleAll(cursor, readAll(cursor));
      clock.pass(100);
      spool.turn();
    }

    Ledger.SinkLedger ledger = balanced(spool);
    assertThat(ledger.pending()).isZero();
    assertThat(spool.ledger().gaps()).containsOnlyKeys("spool_full");
    assertThat(ledger.gaps()).isEqualTo(spool.ledger().gaps().get("spool_full"));
    assertThat(ledger.written() + ledger.gaps()).isEqualTo(n);
  }

  @Test
  void diskGone_thenBack_nothingAcceptedIsLost() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    offer(spool, 0, 1, 10);
    spool.turn();
    disk.failFromNow("No space left on device");
    offer(spool, 0, 11, 1100);
    for (int i = 0; i < 5; i++) {
      spool.turn();
      clock.pass(400);
    }
    offer(spool, 0, 1101, 2200);
    assertThat(spool.stats().degraded()).isTrue();
    disk.heal();
    clock.pass(1000);
    for (int i = 0; i < 5; i++) {
      spool.turn();
      clock.pass(1000);
    }

    List<LoggedEvent> events = readAll(cursor);
    settleAll(cursor, events);

    assertThat(spool.stats().degraded()).isFalse();
    long lost = 2200L - ids(events).size();
    assertThat(ids(events)).doesNotHaveDuplicates();
    assertThat(ids(events).subList(0, 1034)).isEqualTo(range(1, 1034));
    assertThat(spool.ledger().gaps().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(lost);
    assertThat(spool.ledger().gaps()).containsKey("spool_full");
    assertThat(balanced(spool).pending()).isZero();
  }

  @Test
  void flippedBit_inTheMiddle_oneRecordLostCountedAndSetAside() throws Exception {
    Spool first = open();
    first.cursor("store", EventLog.From.OLDEST);
    offer(first, 0, 1, 50);
    first.turn();
    first.close();
    String segment = Segment.file(1);
    byte[] bytes = disk.bytes(segment);
    for (int at : new int[] {bytes.length / 2, 64 + 4, 70 * 8 + 3}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      SimDisk broken = disk.afterKill();
      broken.put(segment, damaged);
      Spool spool = Spool.open(Sample.settings(), new Spool.World(broken, clock, ++seed, false));
      Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
      spool.turn();
      List<LoggedEvent> events = readAll(cursor);
      spool.turn();
      events.addAll(readAll(cursor));
      settleAll(cursor, events);

      assertThat(ids(events)).hasSize(49).doesNotHaveDuplicates();
      assertThat(gaps(events)).extracting(PayloadEvent.Gap::reason).containsExactly("corrupt");
      assertThat(gaps(events).getFirst().count()).isEqualTo(1);
      assertThat(broken.list("quarantine")).hasSize(1);
      Ledger.SinkLedger ledger = balanced(spool);
      assertThat(ledger.written()).isEqualTo(49);
      assertThat(ledger.gaps()).isEqualTo(1);
      assertThat(ledger.pending()).isZero();
    }
  }

  @Test
  void open_foreignOrNewerSpool_refused() throws Exception {
    Spool spool = open();
    offer(spool, 0, 1, 1);
    spool.close();
    byte[] bytes = disk.bytes(Segment.file(1));
    SegmentHeader header = new SegmentHeader(2, 0, Sample.id(9), 1, 0, 1, 0);
    header.bytes().get(bytes, 0, 64);
    disk.put(Segment.file(1), bytes);

    assertThatThrownBy(this::open).isInstanceOf(SpoolException.class).hasMessageContaining("newer");
    SegmentHeader.of(Sample.id(9), 1, 0, 1).bytes().get(bytes, 0, 64);
    disk.put(Segment.file(1), bytes);
    assertThatThrownBy(this::open).hasMessageContaining("belongs to spool");
  }

  @Test
  void time_jumpsBack_recordsDoNot() throws Exception {
    Spool spool = open();
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    offer(spool, 0, 1, 1);
    spool.turn();
    clock.micros -= 86_400_000_000L;
    offer(spool, 0, 2, 2);
    spool.turn();

    List<LoggedEvent> events = readAll(cursor);

    assertThat(events.get(1).timeMicros()).isEqualTo(events.get(0).timeMicros());
  }
}
