package dev.sidelight.logger.embedded;

import dev.sidelight.core.event.PayloadEvent;

/** Counts the rows of a request, because protocols are known elsewhere. */
@FunctionalInterface
public interface RowCounter {

  /** Says "unknown" to everything. */
  RowCounter NONE = exchange -> -1;

  /**
   * Called once per stored exchange by the sink's thread, so it should be quick and must not keep
   * the event. An exception counts as unknown.
   *
   * @return rows in the request, -1 when unknown (cut body, unknown protocol)
   */
  int rows(PayloadEvent.Exchange exchange);
}
