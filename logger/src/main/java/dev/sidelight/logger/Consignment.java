package dev.sidelight.logger;

import dev.sidelight.core.event.PayloadEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
    Map<Fate, Long> all = new EnumMap<>(Fate.class);
    Map<Fate, Long> exchanges = new EnumMap<>(Fate.class);
    while (settled < fates.length && fates[settled] != Fate.PENDING) {
      all.merge(fates[settled], 1L, Long::sum);
      if (events.get(settled).event() instanceof PayloadEvent.Exchange) {
        exchanges.merge(fates[settled], 1L, Long::sum);
      }
      settled++;
    }
    if (settled > from) {
      // the ledger is about exchanges: gaps, reports and halves move the cursor and are not counted
      cursor.settle(
          events.get(settled - 1).sequence(),
          exchanges.getOrDefault(Fate.WRITTEN, 0L),
          exchanges.getOrDefault(Fate.SKIPPED, 0L),
          exchanges.getOrDefault(Fate.DEAD, 0L));
      counters.settled(
          all.getOrDefault(Fate.WRITTEN, 0L),
          all.getOrDefault(Fate.SKIPPED, 0L),
          all.getOrDefault(Fate.DEAD, 0L));
    }
    counters.oldestPending(settled < fates.length ? events.get(settled).timeMicros() : 0);
  }
}
