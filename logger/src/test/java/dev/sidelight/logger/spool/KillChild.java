package dev.sidelight.logger.spool;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.LoggedEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that is going to be killed: two loops offer events with rising ids, a reader appends
 * the ids it gets to a file, settled only when they are in it. Says {@code durable N} while it
 * runs.
 */
final class KillChild {

  private KillChild() {}

  public static void main(String[] args) throws Exception {
    Path dir = Path.of(args[0]);
    long from = Long.parseLong(args[1]);
    Spool spool = Spool.open(KillScene.settings(dir));
    PrintStream out = System.out;
    Thread reader = new Thread(() -> read(spool, Path.of(args[2])), "reader");
    reader.setDaemon(true);
    reader.start();
    for (int loop = 0; loop < 2; loop++) {
      int own = loop;
      Thread producer = new Thread(() -> offer(spool, own, from), "loop-" + loop);
      producer.setDaemon(true);
      producer.start();
    }
    out.println("started");
    while (true) {
      Thread.sleep(5);
      out.println("durable " + spool.durableSequence());
    }
  }

  private static void offer(Spool spool, int loop, long from) {
    EventSink sink = spool.sink(loop);
    for (long n = from; ; n++) {
      PayloadEvent.Exchange event = Sample.exchange(n * 2 + loop, 900);
      sink.started();
      sink.pinned((int) Ring.pins(event));
      sink.offer(event);
      if (n % 20 == 0) {
        java.util.concurrent.locks.LockSupport.parkNanos(500_000);
      }
    }
  }

  private static void read(Spool spool, Path file) {
    try (RandomAccessFile to = new RandomAccessFile(file.toFile(), "rw")) {
      to.seek(to.length() / 16 * 16);
      Cursor cursor = spool.cursor("store", EventLog.From.OLDEST);
      while (true) {
        List<LoggedEvent> events = cursor.read(1000, 4 << 20, 1000);
        long exchanges = KillScene.append(to, events);
        if (!events.isEmpty()) {
          cursor.settle(events.getLast().sequence(), exchanges, 0, 0);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
