package dev.sidelight.proxy.serve;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Admits explanations to one model by the predictor rows they may cost. Who waits in a call is
 * refused when there is no room; a job waits for it. Thread-safe.
 */
final class Admission {

  /** How often a waiting job looks whether the pressure has gone. */
  private static final long LOOK_MILLIS = 200;

  private final long rowsMax;
  private final BooleanSupplier shedding;
  private final ReentrantLock lock = new ReentrantLock(/* fair= */ true);
  private final Condition room = lock.newCondition();
  private long running;

  Admission(long rowsMax, BooleanSupplier shedding) {
    this.rowsMax = rowsMax;
    this.shedding = shedding;
  }

  /** Rows given back when the explanation ends. */
  interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @throws ServeException {@code explain_shed}
   */
  void refuseWhileShedding() {
    if (shedding.getAsBoolean()) {
      throw shed();
    }
  }

  static ServeException shed() {
    return ServeException.of("explain_shed", "the proxy is under pressure and explains nothing now")
        .retryAfter(5);
  }

  /**
   * @throws ServeException {@code quota_exceeded} with the rows that are free, {@code explain_shed}
   */
  Permit admit(long rows) {
    refuseWhileShedding();
    lock.lock();
    try {
      if (rows > rowsMax - running) {
        throw refused(rows);
      }
      return take(rows);
    } finally {
      lock.unlock();
    }
  }

  private ServeException refused(long rows) {
    ServeException refused =
        ServeException.of(
                "quota_exceeded",
                "running explanations may ask %d rows of this model, %d are free, this one may ask %d"
                    .formatted(rowsMax, rowsMax - running, rows))
            .retryAfter(2);
    return rows > rowsMax ? refused.hint("ask with a smaller rowsMax, or asynchronously") : refused;
  }

  /**
   * Waits for room and for the pressure to go.
   *
   * @param given true once it need not wait any more
   * @return null when {@code given} came first
   */
  @org.jspecify.annotations.Nullable
  Permit await(long rows, BooleanSupplier given) throws InterruptedException {
    long asked = Math.min(rows, rowsMax); // alone, even the largest gets through
    lock.lockInterruptibly();
    try {
      while (shedding.getAsBoolean() || asked > rowsMax - running) {
        if (given.getAsBoolean()) {
          return null;
        }
        boolean _ = room.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      return given.getAsBoolean() ? null : take(asked);
    } finally {
      lock.unlock();
    }
  }

  private Permit take(long rows) {
    running += rows;
    return () -> {
      lock.lock();
      try {
        running -= rows;
        room.signalAll();
      } finally {
        lock.unlock();
      }
    };
  }
}
