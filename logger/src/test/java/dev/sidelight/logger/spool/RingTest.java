package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RingTest {

  private final TestClock clock = new TestClock();

  private Ring ring(long budget, int slots) throws IOException {
    Carried carried =
        new Carried(Sample.id(1), 1, "", 1, 0, 0, new long[CounterPage.REASONS], true);
    CounterPage page = CounterPage.create(new SimDisk(), "counters", carried, 2);
    return new Ring(0, page.slot(1), budget, slots, clock, new Wake());
  }

  @Test
  void ladder_bodiesGoBeforeEvents() throws IOException {
    Ring ring = ring(1000, 16);
    ring.pinned(749);
    boolean below = ring.takesBodies();
    ring.pinned(1);
    boolean at75 = ring.takesBodies();
    EventSink.Offer accepted = ring.offer(Sample.report(1, 10));
    ring.pinned(251);
    EventSink.Offer refused = ring.offer(Sample.report(2, 10));

    assertThat(below).isTrue();
    assertThat(at75).isFalse();
    assertThat(accepted).isEqualTo(EventSink.Offer.ACCEPTED);
    assertThat(refused).isEqualTo(EventSink.Offer.REFUSED);
    assertThat(ring.used()).isEqualTo(1001 - 10);
    ring.release(900);
    assertThat(ring.takesBodies()).isTrue();
  }

  @Test
  void hasRoomFor_countsSlotsOfWhatHasStarted() throws IOException {
    Ring ring = ring(1000, 4);

    ring.started();
    ring.started();
    boolean two = ring.hasRoomFor(1);
    ring.started();
    boolean three = ring.hasRoomFor(1); // one slot stays free for a run of drops
    ring.offer(Sample.report(1, 0));
    boolean offered = ring.hasRoomFor(1);
    ring.poll();
    boolean written = ring.hasRoomFor(1);

    assertThat(two).isTrue();
    assertThat(three).isFalse();
    assertThat(offered).isFalse();
    assertThat(written).isTrue();
  }

  @Test
  void hasRoomFor_bytesDiskAndClosing() throws IOException {
    Ring ring = ring(1000, 16);
    ring.pinned(600);

    assertThat(ring.hasRoomFor(400)).isTrue();
    assertThat(ring.hasRoomFor(401)).isFalse();
    ring.reason = GapReason.SPOOL_FULL;
    assertThat(ring.hasRoomFor(1)).isFalse();
    ring.reason = GapReason.RING_FULL;
    ring.close();
    assertThat(ring.hasRoomFor(1)).isFalse();
  }

  @Test
  void drop_releasesThePayloads() throws IOException {
    Ring ring = ring(100, 16);
    Sample.Counted body = new Sample.Counted(10, 200);
    ring.pinned(200);
    ring.offer(Sample.exchange(Sample.id(1), body, dev.sidelight.core.event.Payload.EMPTY));

    assertThat(body.released).isEqualTo(1);
    assertThat(ring.poll()).isNull();
  }

  @Test
  void reasonChanges_runsStayApart() throws IOException {
    Ring ring = ring(1 << 20, 2);
    for (int i = 1; i <= 4; i++) {
      ring.offer(Sample.report(i, 0));
    }
    ring.reason = GapReason.DISK_ERROR;
    ring.offer(Sample.report(5, 0));
    ring.poll();
    ring.poll();

    DropRun run = Objects.requireNonNull(ring.takeRun());

    assertThat(run.reason()).isEqualTo(GapReason.DISK_ERROR);
    assertThat(run.from()).isEqualTo(5);
    DropRun before = Objects.requireNonNull(run.before());
    assertThat(before.from()).isEqualTo(3);
    assertThat(before.to()).isEqualTo(4);
    assertThat(ring.counters.read().dropped()).isEqualTo(3);
    assertThat(ring.counters.read().diskError()).isEqualTo(1);
  }

  @Test
  void takeRun_whileEventsWait_isRefused() throws IOException {
    Ring ring = ring(1 << 20, 2);
    for (int i = 1; i <= 3; i++) {
      ring.offer(Sample.report(i, 0));
    }

    assertThat(ring.takeRun()).isNull();
  }

  /** Two threads: whatever the timing, each number comes once, in order, as event or as drop. */
  @Test
  void concurrent_acceptedAndDroppedAreWhatWasOffered() throws Exception {
    int offers = 3_000_000;
    Ring ring = ring(1 << 30, 64);
    PayloadEvent event = Sample.report(1, 0);
    AtomicBoolean done = new AtomicBoolean();
    long[] accepted = new long[1];
    Thread producer =
        new Thread(
            () -> {
              for (int i = 0; i < offers; i++) {
                ring.started();
                if (ring.offer(event) == EventSink.Offer.ACCEPTED) {
                  accepted[0]++;
                }
              }
              done.set(true);
            });
    producer.start();
    long next = 1;
    long events = 0;
    long dropped = 0;
    while (true) {
      boolean last = done.get();
      Object item = ring.poll();
      if (item == null) {
        item = ring.takeRun();
      }
      if (item instanceof DropRun run) {
        assertThat(run.from()).isEqualTo(next);
        next = run.to() + 1;
        dropped += run.count();
      } else if (item != null) {
        next++;
        events++;
      } else if (last) {
        break;
      }
    }
    producer.join();

    assertThat(next).isEqualTo(offers + 1L);
    assertThat(events).isEqualTo(accepted[0]);
    assertThat(events + dropped).isEqualTo(offers);
    assertThat(ring.counters.read().dropped()).isEqualTo(dropped);
    assertThat(ring.counters.read().started()).isEqualTo(offers);
  }
}
