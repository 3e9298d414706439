package dev.sidelight.logger.spool;

import dev.sidelight.core.event.PayloadEvent;
import java.util.List;

/**
 * Entries that were written together, kept until they are durable.
 *
 * @param lastSequence of the last record
 * @param bytes written
 */
record Group(List<Entry> entries, Segment segment, long lastSequence, long bytes) {

  Group {
    entries = List.copyOf(entries);
  }

  /**
   * One record to be.
   *
   * @param number within the ring's loop; for a gap the last number it covers; 0 for none
   * @param pinned bytes to give back to the ring
   * @param gaps exchanges that the writer itself turned into this gap
   */
  record Entry(PayloadEvent event, Ring ring, long number, long pinned, long gaps) {

    boolean isExchange() {
      return event instanceof PayloadEvent.Exchange;
    }
  }
}
