package dev.sidelight.logger.spool;

import java.time.Instant;

/** Wall time to be written, and monotonic time to wait by. */
interface SpoolClock {

  SpoolClock SYSTEM =
      new SpoolClock() {
        @Override
        public long micros() {
          Instant now = Instant.now();
          return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /** Microseconds since 1970. */
  long micros();

  long nanos();
}
