package dev.sidelight.logger.spool;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Events from one producing thread to the writer: single producer, single consumer, references
 * only. An event's number is its place in the order of offers, so nothing is wrapped around it: the
 * consumer counts along, and a {@link DropRun} in the ring says which numbers were used up.
 *
 * <p>The byte budget is never read-modified-written by two threads: the producer counts what was
 * pinned, whoever makes events durable publishes what was given back.
 */
final class Ring implements EventSink {

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

  final int loop;
  final CounterPage.Slot counters;
  private final long budget;
  private final @Nullable Object[] slots;
  private final int mask;
  private final SpoolClock clock;
  private final Wake wake;
  private final AtomicReference<@Nullable DropRun> pending = new AtomicReference<>();

  // the producer's
  private long offered;
  private long started;
  private long tail;
  private volatile long charged; // written with a plain-ordered set, read by metrics

  // the consumer's
  private long head;

  // of whoever makes events durable, one thread at a time
  private long durableNumber;
  private long durableExchanges;
  private long durableGaps;
  private boolean unpublished;

  /** What new drops are called; set by the writer. */
  volatile GapReason reason = GapReason.RING_FULL;

  private volatile boolean closed;
  private volatile long released;

  private static final VarHandle CHARGED;
  private static final VarHandle RELEASED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      CHARGED = lookup.findVarHandle(Ring.class, "charged", long.class);
      RELEASED = lookup.findVarHandle(Ring.class, "released", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * @param slots rounded up to a power of two
   */
  Ring(int loop, CounterPage.Slot counters, long budget, int slots, SpoolClock clock, Wake wake) {
    int size = Integer.highestOneBit(Math.max(1, slots - 1)) << 1;
    this.loop = loop;
    this.counters = counters;
    this.budget = budget;
    this.slots = new @Nullable Object[size];
    this.mask = size - 1;
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public void started() {
    counters.started(++started);
  }

  @Override
  public boolean takesBodies() {
    return used() < budget - budget / 4;
  }

  /**
   * Each event that has started and is not yet offered will take a slot, and a run of drops may
   * need one more; the writer calls drops by another name while the disk refuses.
   */
  @Override
  public boolean hasRoomFor(long bytes) {
    long waiting = started - offered;
    return !closed
        && reason == GapReason.RING_FULL
        && used() + bytes <= budget
        && waiting + 2 <= slots.length
        && slotAt(tail + waiting + 1) == null;
  }

  @Override
  public void pinned(int bytes) {
    charge(bytes);
  }

  @Override
  public Offer offer(PayloadEvent event) {
    long number = ++offered;
    counters.offered(number);
    boolean accepted = !closed && used() <= budget && push(event);
    if (!accepted) {
      drop(number, event);
    }
    counters.finished(number);
    return accepted ? Offer.ACCEPTED : Offer.REFUSED;
  }

  private boolean push(PayloadEvent event) {
    if (pending.get() == null) {
      if (slotAt(tail) != null) {
        return false;
      }
    } else {
      if (slotAt(tail + 1) != null) { // slots are freed in order: then the one before is free too
        return false;
      }
      DropRun run = pending.getAndSet(null); // null when the writer came for it just now
      if (run != null) {
        SLOT.setRelease(slots, (int) tail & mask, run);
        tail++;
      }
    }
    SLOT.setRelease(slots, (int) tail & mask, event);
    tail++;
    wake.up();
    return true;
  }

  private void drop(long number, PayloadEvent event) {
    long bytes = pins(event);
    GapReason why = reason;
    long now = clock.micros();
    counters.dropped(why);
    while (true) {
      DropRun run = pending.get();
      DropRun longer =
          run == null ? DropRun.one(number, bytes, why, now) : run.plus(number, bytes, why, now);
      if (pending.compareAndSet(run, longer)) {
        break; // it fails only when the writer has just collected the run
      }
    }
    charge(-bytes);
    event.release();
  }

  /** The oldest event or {@link DropRun}; null when there is none. The writer's thread. */
  @Nullable Object poll() {
    Object oldest = slotAt(head);
    if (oldest != null) {
      SLOT.setRelease(slots, (int) head & mask, null);
      head++;
    }
    return oldest;
  }

  /** A run that was not handed over, when nothing lies before it. The writer's thread. */
  @Nullable DropRun takeRun() {
    DropRun run = pending.get();
    // The order matters: a run that is still pending after the ring was seen empty follows
    // everything the ring ever held.
    if (run != null && slotAt(head) == null && pending.compareAndSet(run, null)) {
      return run;
    }
    return null;
  }

  /** True when nothing waits. */
  boolean isEmpty() {
    return slotAt(head) == null;
  }

  boolean hasRun() {
    return pending.get() != null;
  }

  /** How long no drop has been added to the run that waits; 0 when there is none. */
  long runAgeMicros(long nowMicros) {
    DropRun run = pending.get();
    return run == null ? 0 : Math.abs(nowMicros - run.lastMicros());
  }

  /** An entry of this ring became durable; {@link #publish} tells the counter page. */
  void durable(Group.Entry entry) {
    durableNumber = Math.max(durableNumber, entry.number());
    durableExchanges += entry.isExchange() ? 1 : 0;
    durableGaps += entry.gaps();
    unpublished = true;
  }

  /** All durable counts together, by one store. */
  void publish() {
    if (unpublished) {
      counters.durable(durableNumber, durableExchanges, durableGaps);
      unpublished = false;
    }
  }

  /** Bytes that durable events no longer pin. By whoever makes them durable, one at a time. */
  void release(long bytes) {
    RELEASED.setRelease(this, released + bytes);
  }

  /** Refuses everything from now on. */
  void close() {
    closed = true;
  }

  /** Bytes pinned and not given back. */
  long used() {
    return charged - released;
  }

  /** Memory an event keeps from being freed. */
  static long pins(PayloadEvent event) {
    return switch (event) {
      case PayloadEvent.Exchange exchange -> pins(exchange.request()) + pins(exchange.response());
      case PayloadEvent.Half half -> pins(half.side());
      case PayloadEvent.Report report -> report.json().length;
      case PayloadEvent.Gap _ -> 0;
    };
  }

  private static long pins(Side side) {
    return (long) side.head().pinned() + side.body().pinned();
  }

  private void charge(long bytes) {
    CHARGED.setRelease(this, charged + bytes);
  }

  private @Nullable Object slotAt(long at) {
    return SLOT.getAcquire(slots, (int) at & mask);
  }
}
