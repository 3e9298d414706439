package dev.sidelight.logger.spool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a thread that sleeps long because there was nothing to do. While it is awake {@link #up} is
 * one read of a field: a busy thread looks for work by itself, so no offer pays for a system call.
 * There is no fence between the offer and that read; a wake that is missed costs one sleep.
 */
final class Wake {

  private volatile @Nullable Thread asleep;

  /** Sleeps until {@link #up}, or that long. By the one thread that is woken. */
  void sleep(long nanos) {
    asleep = Thread.currentThread();
    LockSupport.parkNanos(this, nanos);
    asleep = null;
  }

  void up() {
    Thread sleeper = asleep;
    if (sleeper != null) {
      asleep = null;
      LockSupport.unpark(sleeper);
    }
  }
}
