package dev.sidelight.logger;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance as {@link Delivery} sees them. */
interface Pace {

  /** Monotonic milliseconds. */
  long millis();

  /** Uniform in [0, 1). */
  double chance();

  void pause(long millis) throws InterruptedException;

  /** The real ones. */
  Pace REAL =
      new Pace() {
        @Override
        public long millis() {
          return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        }

        @Override
        public double chance() {
          return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public void pause(long millis) throws InterruptedException {
          Thread.sleep(millis);
        }
      };
}
