package dev.sidelight.proxy.http;

import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How late one event loop is and what it holds, asked for from outside. One question is under way
 * at a time: while it is not answered, its age is the lag, and what was held last still counts.
 */
final class LoopGauge {

  private final Executor loop;
  private final LongSupplier nanos;
  private final LongSupplier heldBytes;
  private final LongConsumer observer;
  private volatile long asked;
  private volatile long late;
  private volatile long held;
  private volatile boolean answered = true;

  /**
   * @param heldBytes read on the loop
   * @param observer told each measured delay, on the loop
   */
  LoopGauge(Executor loop, LongSupplier nanos, LongSupplier heldBytes, LongConsumer observer) {
    this.loop = loop;
    this.nanos = nanos;
    this.heldBytes = heldBytes;
    this.observer = observer;
  }

  /** Asks anew, unless the loop owes an answer. Never waits. */
  void ask() {
    if (answered) {
      asked = nanos.getAsLong();
      answered = false;
      loop.execute(this::answer);
    }
  }

  private void answer() {
    long delay = nanos.getAsLong() - asked;
    observer.accept(delay);
    held = heldBytes.getAsLong();
    late = delay;
    answered = true;
  }

  /** Nanoseconds that a task waits. */
  long lateNanos() {
    return answered ? late : Math.max(late, nanos.getAsLong() - asked);
  }

  long heldBytes() {
    return held;
  }
}
