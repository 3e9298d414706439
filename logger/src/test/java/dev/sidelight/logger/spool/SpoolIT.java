package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.LoggedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The spool with its threads, on a real directory. */
@Timeout(60)
class SpoolIT {

  @TempDir Path dir;

  private static void offer(Spool spool, long n) {
    EventSink sink = spool.sink(0);
    PayloadEvent.Exchange event = Sample.exchange(n);
    sink.started();
    sink.pinned((int) Ring.pins(event));
    sink.offer(event);
  }

  @Test
  void open_heldByAnother_namesThePid() {
    try (Spool spool = Spool.open(KillScene.settings(dir))) {
      assertThatThrownBy(() -> Spool.open(KillScene.settings(dir)))
          .isInstanceOf(SpoolException.class)
          .hasMessage("spool %s is held by pid %d", dir, ProcessHandle.current().pid());
      assertThat(spool.durableSequence()).isZero();
    }
    Spool.open(KillScene.settings(dir)).close();
  }

  @Test
  void read_waiting_isWokenByTheFsync_andOneFsyncServesMany() throws Exception {
    try (Spool spool = Spool.open(KillScene.settings(dir));
        Cursor cursor = spool.cursor("store", EventLog.From.OLDEST)) {
      List<LoggedEvent> events = new ArrayList<>();
      for (int n = 1; n <= 500; n++) {
        offer(spool, n);
      }
      while (events.size() < 500) {
        List<LoggedEvent> more = cursor.read(1000, 1 << 20, 30_000);
        assertThat(more).isNotEmpty();
        events.addAll(more);
      }
      long fsyncs = spool.stats().fsyncs();
      cursor.settle(events.getLast().sequence(), 500, 0, 0);

      assertThat(fsyncs).isBetween(1L, 5L);
      assertThat(cursor.read(1, 1, 300)).isEmpty();
      assertThat(spool.stats().fsyncs()).isEqualTo(fsyncs); // idle: none
      assertThat(spool.ledger().sinks().getFirst().written()).isEqualTo(500);
    }
  }

  @Test
  void close_leavesNoThreadAndASealedSegment() throws Exception {
    Spool spool = Spool.open(KillScene.settings(dir));
    offer(spool, 1);
    spool.close();
    spool.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("sidelight-spool"));
    assertThat(spool.durableSequence()).isEqualTo(2); // the event and the seal
    assertThat(Files.size(dir.resolve(Segment.file(1)))).isGreaterThan(64L + Seal.BYTES);
    assertThat(spool.sink(0).offer(Sample.exchange(2))).isEqualTo(EventSink.Offer.REFUSED);
  }

  @Test
  void fsyncOsAndEach_eventsAreReadAndSurviveARestart() throws Exception {
    for (SpoolSettings.Fsync fsync : SpoolSettings.Fsync.values()) {
      SpoolSettings base = KillScene.settings(dir.resolve(fsync.name()));
      SpoolSettings settings =
          new SpoolSettings(
              base.dir(),
              2,
              base.ringBytes(),
              base.ringSlots(),
              base.segmentBytes(),
              base.bytesMax(),
              base.commitMillis(),
              base.commitBytes(),
              fsync,
              base.whenFull(),
              base.headers(),
              base.backlogBytesMax());
      try (Spool spool = Spool.open(settings)) {
        offer(spool, 1);
      }
      try (Spool spool = Spool.open(settings);
          Cursor cursor = spool.cursor("store", EventLog.From.OLDEST)) {
        assertThat(SpoolTest.ids(cursor.read(10, 1 << 20, 10_000))).containsExactly(1L);
      }
    }
  }
}
