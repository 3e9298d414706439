package dev.sidelight.logger.spool;

import com.sun.management.ThreadMXBean;
import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What an event costs, by hand: {@code SpoolSpeed DIR EVENTS RATE}; rate 0 is full speed. Prints
 * the offering thread's and the spool's CPU per 1 KB event, events per fsync and events per second.
 */
final class SpoolSpeed {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private SpoolSpeed() {}

  public static void main(String[] args) throws Exception {
    Path dir = Files.createDirectories(Path.of(args[0]));
    int events = Integer.parseInt(args[1]);
    int rate = Integer.parseInt(args[2]);
    SpoolSettings settings =
        new SpoolSettings(
            dir,
            1,
            64 << 20,
            8192,
            64 << 20,
            1 << 30,
            20,
            256 << 10,
            SpoolSettings.Fsync.GROUP,
            SpoolSettings.WhenFull.DROP_OLDEST,
            HeaderPolicy.defaults(),
            Map.of());
    try (Spool spool = Spool.open(settings)) {
      run(spool, Math.min(events, 300_000), rate, false);
      run(spool, events, rate, true);
    }
  }

  private static void run(Spool spool, int events, int rate, boolean print) {
    EventSink sink = spool.sink(0);
    PayloadEvent.Exchange event =
        Sample.exchange(Sample.id(1), new Sample.Counted(800, 0), Payload.of(new byte[224]));
    SpoolStats before = spool.stats();
    long cpuBefore = spoolCpu();
    long mineBefore = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long spins = 0;
    for (int i = 0; i < events; i++) {
      long due = rate == 0 ? 0 : start + (long) (i * 1e9 / rate);
      while (rate > 0 && System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      while (rate == 0 && spool.stats().queueEvents() > 6000) {
        spins++;
        LockSupport.parkNanos(100_000);
      }
      for (int burst = rate == 0 ? 0 : 1; burst < 2 && i < events; burst++) {
        sink.started();
        sink.offer(event);
      }
      if (rate == 0) {
        for (int more = 0; more < 1000 && i + 1 < events; more++, i++) {
          sink.started();
          sink.offer(event);
        }
      }
    }
    long mine = THREADS.getCurrentThreadCpuTime() - mineBefore;
    while (spool.ledger().queued() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    SpoolStats after = spool.stats();
    if (print) {
      long n = after.events() - before.events();
      System.out.printf(
          "events %d, spool CPU %.2f us/event, offer %.2f us/event, events/fsync %.0f, "
              + "%.0f events/s, bytes/event %.0f, fsync mean %.2f ms, gaps %s, waits %d%n",
          n,
          (spoolCpu() - cpuBefore) / 1e3 / n,
          mine / 1e3 / n,
          (double) n / Math.max(1, after.fsyncs() - before.fsyncs()),
          n / seconds,
          (after.eventBytes() - before.eventBytes()) / (double) n,
          (after.fsyncNanos() - before.fsyncNanos())
              / 1e6
              / Math.max(1, after.fsyncs() - before.fsyncs()),
          spool.ledger().gaps(),
          spins);
    }
  }

  private static long spoolCpu() {
    long cpu = 0;
    for (long id : THREADS.getAllThreadIds()) {
      var info = THREADS.getThreadInfo(id);
      if (info != null && info.getThreadName().startsWith("sidelight-spool")) {
        cpu += THREADS.getThreadCpuTime(id);
      }
    }
    return cpu;
  }
}
