package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.Ledger;
import dev.sidelight.logger.LoggedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One scenario, once for each operation of the disk: there it fails, or everything ends. */
class CrashMatrixTest {

  private final TestClock clock = new TestClock();
  private long seed = 100;

  /** What the scenario knows of itself. */
  private static final class Story {
    final Set<Long> delivered = new HashSet<>();
    final List<Long> twice = new ArrayList<>();
    long seen;
    long durable;
  }

  private Spool open(SimDisk disk) throws IOException {
    return Spool.open(Sample.settings(), new Spool.World(disk, clock, ++seed, false));
  }

  /** Three groups of events, a roll of segments, a reader that settles, and an end. */
  private void play(SimDisk disk, Story story) throws Exception {
    Spool spool = open(disk);
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    for (int group = 0; group < 9; group++) {
      for (int i = 0; i < 40; i++) {
        EventSink sink = spool.sink(i % 2);
        PayloadEvent.Exchange event = Sample.exchange(++story.seen, group < 8 ? 5000 : 10);
        sink.started();
        sink.pinned((int) Ring.pins(event));
        sink.offer(event);
      }
      spool.turn();
      clock.pass(1000);
      take(cursor, story);
      story.durable = spool.durableSequence();
    }
    spool.kill();
  }

  private static void take(Cursor cursor, Story story) throws InterruptedException {
    List<LoggedEvent> events = cursor.read(1000, 1 << 22, 0);
    for (Long id : SpoolTest.ids(events)) {
      if (!story.delivered.add(id)) {
        story.twice.add(id);
      }
    }
    SpoolTest.settleAll(cursor, events);
  }

  /** After the restart: everything seen was delivered or is in a gap, and the books say so. */
  private void check(SimDisk disk, Story story, boolean exact) throws Exception {
    Spool spool = open(disk);
    Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
    for (int i = 0; i < 20; i++) {
      spool.turn();
      clock.pass(1000);
      take(cursor, story);
    }
    Ledger ledger = spool.ledger();
    assertThat(ledger.sinks()).hasSize(1);
    Ledger.SinkLedger sink = ledger.sinks().getFirst();
    assertThat(sink.balanced()).as("%s", ledger).isTrue();
    assertThat(sink.pending()).isZero();
    if (exact) {
      assertThat(ledger.exact()).isTrue();
      assertThat(ledger.seen()).isEqualTo(story.seen);
      assertThat(story.delivered.size() + sink.gaps()).isEqualTo(story.seen);
    }
  }

  private int operations() throws Exception {
    SimDisk disk = new SimDisk();
    play(disk, new Story());
    return disk.operations();
  }

  @Test
  void oneFailure_atAnyOperation_nothingIsLost() throws Exception {
    int operations = operations();
    assertThat(operations).isGreaterThan(40);
    for (int n = 0; n < operations; n++) {
      SimDisk disk = new SimDisk();
      disk.failAt(n, SimDisk.Fault.ONCE);
      Story story = new Story();
      try {
        play(disk, story);
      } catch (IOException | SpoolException e) {
        continue; // it did not start, and said so
      }
      disk.heal();
      check(disk.afterKill(), story, true);
      assertThat(story.delivered).as("operation %d", n).hasSize((int) story.seen);
    }
  }

  @Test
  void diskGoneForEver_atAnyOperation_thenKilled_ledgerExact() throws Exception {
    int operations = operations();
    for (int n = 0; n < operations; n++) {
      SimDisk disk = new SimDisk();
      disk.failAt(n, SimDisk.Fault.FROM_HERE);
      Story story = new Story();
      try {
        play(disk, story);
      } catch (IOException | SpoolException e) {
        continue;
      }
      check(disk.afterKill(), story, true);
    }
  }

  @Test
  void powerLoss_atAnyOperation_durableEventsAreThere() throws Exception {
    int operations = operations();
    for (int n = 0; n < operations; n++) {
      SimDisk disk = new SimDisk();
      disk.failAt(n, SimDisk.Fault.FROM_HERE);
      Story story = new Story();
      try {
        play(disk, story);
      } catch (IOException | SpoolException e) {
        continue;
      }
      Set<Long> before = new HashSet<>(story.delivered);
      check(disk.afterPowerLoss(new Random(n)), story, false);
      assertThat(story.delivered).as("operation %d", n).containsAll(before);
      assertThat(story.delivered.size()).isGreaterThanOrEqualTo((int) Math.min(1, story.durable));
    }
  }
}
