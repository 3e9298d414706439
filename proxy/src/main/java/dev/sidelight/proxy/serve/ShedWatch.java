package dev.sidelight.proxy.serve;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Ends running explanations with what they have once the proxy has been under pressure for five
 * seconds. Looks only while something runs. Thread-safe.
 */
final class ShedWatch {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_MILLIS = 250;

  private final BooleanSupplier shedding;
  private final LongSupplier nanos;
  private final Set<RunControl> running = ConcurrentHashMap.newKeySet();
  private boolean looking;

  ShedWatch(BooleanSupplier shedding, LongSupplier nanos) {
    this.shedding = shedding;
    this.nanos = nanos;
  }

  /** Until it is closed, the control's explanations are watched. */
  AutoCloseable watch(RunControl control) {
    running.add(control);
    startLooking();
    return () -> running.remove(control);
  }

  private synchronized void startLooking() {
    if (!looking) {
      looking = true;
      Thread.ofVirtual().name("sidelight-shed-watch").start(this::look);
    }
  }

  private synchronized boolean isIdle() {
    looking = !running.isEmpty();
    return !looking;
  }

  private void look() {
    long since = nanos.getAsLong();
    while (!isIdle()) {
      if (!shedding.getAsBoolean()) {
        since = nanos.getAsLong();
      } else if (nanos.getAsLong() - since >= PATIENCE_NANOS) {
        running.forEach(RunControl::shed);
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
