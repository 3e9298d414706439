package dev.sidelight.logger;

import java.util.List;
import java.util.Map;

/**
 * {@code seen = settled (written + skipped + dead) + pending + gaps}, per sink. Over all epochs of
 * the spool.
 *
 * @param seen exchanges admitted to logging
 * @param inFlight of them, not yet finished
 * @param queued of them, in the rings
 * @param gaps by reason, those common to all sinks
 */
public record Ledger(
    long seen,
    long inFlight,
    long queued,
    Map<String, Long> gaps,
    boolean exact,
    List<SinkLedger> sinks) {

  public Ledger {
    gaps = Map.copyOf(gaps);
    sinks = List.copyOf(sinks);
  }

  /**
   * @param pending in flight + in the rings + in the spool
   * @param gaps common ones and this sink's own
   */
  public record SinkLedger(
      String sink,
      long written,
      long skipped,
      long dead,
      long pending,
      long gaps,
      boolean balanced) {}
}
