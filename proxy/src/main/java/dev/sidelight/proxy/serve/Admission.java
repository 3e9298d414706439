package dev.sidelight.proxy.serve;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Admits explanations to one model by the predictor rows they may cost. Thread-safe. */
final class Admission {

  private final long rowsMax;
  private final BooleanSupplier shedding;
  private final AtomicLong running = new AtomicLong();

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
      throw ServeException.of(
              "explain_shed", "the proxy is under pressure and explains nothing now")
          .retryAfter(5);
    }
  }

  /**
   * @throws ServeException {@code quota_exceeded} with the rows that are free, {@code explain_shed}
   */
  Permit admit(long rows) {
    refuseWhileShedding();
    long after = running.addAndGet(rows);
    if (after > rowsMax) {
      running.addAndGet(-rows);
      throw ServeException.of(
              "quota_exceeded",
              "running explanations may ask %d rows of this model, %d are free, this one may ask %d"
                  .formatted(rowsMax, Math.max(0, rowsMax - (after - rows)), rows))
          .retryAfter(2);
    }
    return () -> running.addAndGet(-rows);
  }
}
