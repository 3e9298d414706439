package dev.sidelight.logger.spool;

/** Time that moves when it is told to. */
final class TestClock implements SpoolClock {

  long micros = 1_790_000_000_000_000L;
  long nanos = 1_000_000_000_000L;

  @Override
  public long micros() {
    return micros;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  void pass(long millis) {
    micros += millis * 1000;
    nanos += millis * 1_000_000;
  }
}
