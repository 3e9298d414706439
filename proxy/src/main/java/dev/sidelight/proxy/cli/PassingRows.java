package dev.sidelight.proxy.cli;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.LoggedEvent;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Shows what passes to a reader, and keeps nothing. A reader that is behind misses events: a sample
 * does not need all of them. One for all event loops; thread-safe.
 */
final class PassingRows implements EventSink, AutoCloseable {

  /** Bodies wait as references: with 256 KiB a side at most 16 MiB. */
  private static final int WAITING_MAX = 32;

  private final BlockingQueue<PayloadEvent> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Consumer<List<LoggedEvent>> reader;
  private final LongSupplier wallMicros;
  private final Thread thread;
  private volatile boolean closed;

  PassingRows(Consumer<List<LoggedEvent>> reader, LongSupplier wallMicros) {
    this.reader = reader;
    this.wallMicros = wallMicros;
    this.thread = Thread.ofPlatform().daemon().name("sidelight-passing").start(this::run);
  }

  private void run() {
    long sequence = 0;
    try {
      while (!closed) {
        PayloadEvent event = waiting.take();
        try {
          sequence++;
          reader.accept(
              List.of(new LoggedEvent(sequence, wallMicros.getAsLong(), 0, sequence, event)));
        } finally {
          event.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public void started() {
    // no ledger is kept
  }

  @Override
  public boolean takesBodies() {
    return waiting.remainingCapacity() > 0;
  }

  @Override
  public void pinned(int bytes) {
    // bounded by the number of events that wait
  }

  @Override
  public Offer offer(PayloadEvent event) {
    if (!closed && waiting.offer(event)) {
      return Offer.ACCEPTED;
    }
    event.release();
    return Offer.REFUSED;
  }

  /** Called when no event loop runs any more. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (PayloadEvent left = waiting.poll(); left != null; left = waiting.poll()) {
      left.release();
    }
  }
}
