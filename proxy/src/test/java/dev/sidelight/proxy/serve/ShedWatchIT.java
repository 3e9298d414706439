package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Pressure that lasts ends what runs; the watch has a thread of its own. */
class ShedWatchIT {

  private final AtomicBoolean pressure = new AtomicBoolean();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();
  private final ShedWatch watch =
      new ShedWatch(
          pressure::get,
          () -> {
            looks.incrementAndGet();
            return nanos.get();
          });

  private void awaitLooks(int more) {
    long until = looks.get() + more;
    while (looks.get() < until) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Test
  void watch_pressureForFiveSeconds_endsWhatRuns() throws Exception {
    RunControl control = new RunControl();

    try (AutoCloseable _ = watch.watch(control)) {
      awaitLooks(2);
      pressure.set(true);
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(4));
      awaitLooks(2);
      assertThat(control.isStopped()).as("four seconds are not five").isFalse();

      nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
      awaitLooks(2);
    }

    assertThat(control.isShed()).isTrue();
    assertThat(control.isStopped()).isTrue();
  }
}
