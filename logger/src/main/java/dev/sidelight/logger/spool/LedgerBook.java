package dev.sidelight.logger.spool;

import dev.sidelight.logger.Ledger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up the ledger while everything runs. Counters are read in the order in which an event passes
 * them, last one first: so each is at least as far as those read before it, and no event is counted
 * at two places.
 */
final class LedgerBook {

  private final Carried carried;
  private final CounterPage page;
  private final List<Ring> loops;
  private final Commit commit;
  private final Collection<Reader> readers;

  LedgerBook(
      Carried carried,
      CounterPage page,
      List<Ring> loops,
      Commit commit,
      Collection<Reader> readers) {
    this.carried = carried;
    this.page = page;
    this.loops = loops;
    this.commit = commit;
    this.readers = readers;
  }

  Ledger now() {
    List<Reader> known = List.copyOf(readers);
    List<Reader.State> states = known.stream().map(Reader::state).toList();
    long seen = carried.seen();
    long inFlight = 0;
    long exchanges = carried.exchanges();
    long queued = 0;
    long[] gaps = carried.gaps().clone();
    for (GapReason reason : GapReason.values()) {
      gaps[reason.place] += page.gaps(reason);
    }
    for (Ring ring : loops) {
      CounterPage.SlotCounts counts = ring.counters.read();
      seen += counts.started();
      inFlight += counts.started() - counts.offered();
      exchanges += counts.exchanges();
      queued += counts.offered() - counts.dropped() - counts.exchanges() - counts.gaps();
      gaps[GapReason.DISK_ERROR.place] += counts.diskError();
      gaps[GapReason.SPOOL_FULL.place] += counts.spoolFull();
      gaps[GapReason.RING_FULL.place] += counts.dropped() - counts.diskError() - counts.spoolFull();
    }
    Map<String, Long> byReason = new HashMap<>();
    long common = 0;
    for (GapReason reason : GapReason.values()) {
      long count = gaps[reason.place];
      common += count;
      if (count != 0) {
        byReason.put(reason.word(), count);
      }
    }
    List<Ledger.SinkLedger> sinks = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      sinks.add(
          sink(known.get(i).name, states.get(i), seen, inFlight + queued + exchanges, common));
    }
    return new Ledger(seen, inFlight, queued, byReason, carried.exact(), sinks);
  }

  private Ledger.SinkLedger sink(
      String name, Reader.State state, long seen, long notYet, long common) {
    long pending = notYet - state.exchanges();
    long gaps = common + state.own();
    long sum = state.written() + state.skipped() + state.dead() + pending + gaps;
    boolean balanced =
        sum == seen && pending >= 0 && state.own() >= 0 && commit.exchanges() >= state.exchanges();
    return new Ledger.SinkLedger(
        name, state.written(), state.skipped(), state.dead(), pending, gaps, balanced);
  }
}
