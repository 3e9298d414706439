package dev.sidelight.proxy.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;

/**
 * Stops asking an address that does not answer. Five transport failures in a row open it for 1 s,
 * each failed probe for twice as long as before, up to 30 s, with jitter. After that one exchange
 * at a time may try; an answer closes it. Shared by all loops, lock-free; time comes in.
 */
final class Circuit {

  static final int FAILURES_TO_OPEN = 5;
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private enum State {
    CLOSED,
    OPEN,
    /** One exchange is trying. */
    PROBING
  }

  private final LongUnaryOperator random;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger openings = new AtomicInteger();
  private final AtomicLong openUntil = new AtomicLong();
  private volatile State state = State.CLOSED;

  /**
   * @param random a number in [0, bound) for a bound
   */
  Circuit(LongUnaryOperator random) {
    this.random = random;
  }

  /** Whether an exchange may go to this address now. A true while open makes it the probe. */
  boolean admits(long now) {
    if (state == State.CLOSED) {
      return true;
    }
    long until = openUntil.get();
    if (now - until < 0) {
      return false;
    }
    // whoever moves the time on is the probe; one that does not report within 1 s has company
    if (openUntil.compareAndSet(until, now + FIRST_NANOS)) {
      state = State.PROBING;
      return true;
    }
    return false;
  }

  /** A response head came. */
  void succeeded() {
    if (failures.get() != 0) {
      failures.set(0);
    }
    if (state != State.CLOSED) {
      openings.set(0);
      state = State.CLOSED;
    }
  }

  /**
   * No connection, or a reset before the head.
   *
   * @return true if this opened the circuit
   */
  boolean failed(long now) {
    if (state == State.PROBING || failures.incrementAndGet() == FAILURES_TO_OPEN) {
      open(now);
      return true;
    }
    return false;
  }

  private void open(long now) {
    int times = Math.min(openings.getAndIncrement(), 5);
    long longest = Math.min(LONGEST_NANOS, FIRST_NANOS << times);
    long spread = longest - FIRST_NANOS;
    openUntil.set(now + FIRST_NANOS + (spread == 0 ? 0 : random.applyAsLong(spread)));
    state = State.OPEN;
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  /** For the gauge: 0 closed, 1 open, 2 half open. */
  int gauge() {
    return switch (state) {
      case CLOSED -> 0;
      case OPEN -> 1;
      case PROBING -> 2;
    };
  }
}
