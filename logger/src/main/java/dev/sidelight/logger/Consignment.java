package dev.sidelight.logger;

import dev.sidelight.core.event.PayloadEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The events of one read on their way through a sink: which are settled, and how far the settled
 * ones reach without a hole. Used by one thread.
 */
final class Consignment {

  /** What became of an event. */
  enum Fate {
    PENDING,
    WRITTEN,
    SKIPPED,
    DEAD
  }

  /** How many events met which fate. */
  private static final class Settled {
    private long written;
    private long skipped;
    private long dead;

    private void add(Fate fate) {
      switch (fate) {
        case WRITTEN -> written++;
        case SKIPPED -> skipped++;
        case DEAD -> dead++;
        case PENDING -> throw new IllegalStateException("a pending event is not settled");
      }
    }
  }

  private final List<LoggedEvent> events;
  private final Fate[] fates;
  private int settled;

  Consignment(List<LoggedEvent> events, Sink sink) {
    this.events = List.copyOf(events);
    fates = new Fate[events.size()];
    Arrays.fill(fates, Fate.PENDING);
    for (int i = 0; i < fates.length; i++) {
      if (!sink.wants(events.get(i))) {
        fates[i] = Fate.SKIPPED;
      }
    }
  }

  /** Indices of what has no fate yet. */
  List<Integer> pending() {
    List<Integer> indices = new ArrayList<>();
    for (int i = settled; i < fates.length; i++) {
      if (fates[i] == Fate.PENDING) {
        indices.add(i);
      }
    }
    return indices;
  }

  LoggedEvent event(int index) {
    return events.get(index);
  }

  List<LoggedEvent> events(List<Integer> indices) {
    return indices.stream().map(events::get).toList();
  }

  void decide(int index, Fate fate) {
    fates[index] = fate;
  }

  /** Moves the cursor over what is settled without a hole; counts it once. */
  void settle(Cursor cursor, DeliveryCounters counters) {
    int from = settled;
    Settled all = new Settled();
    Settled exchanges = new Settled();
    while (settled < fates.length && fates[settled] != Fate.PENDING) {
      all.add(fates[settled]);
      if (events.get(settled).event() instanceof PayloadEvent.Exchange) {
        exchanges.add(fates[settled]);
      }
      settled++;
    }
    if (settled > from) {
      // the ledger is about exchanges: gaps, reports and halves move the cursor and are not counted
      cursor.settle(
          events.get(settled - 1).sequence(), exchanges.written, exchanges.skipped, exchanges.dead);
      counters.settled(all.written, all.skipped, all.dead);
    }
    counters.oldestPending(settled < fates.length ? events.get(settled).timeMicros() : 0);
  }
}
