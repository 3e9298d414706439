package dev.sidelight.logger.embedded;

import dev.sidelight.logger.StoredRequest;
import java.util.List;

/**
 * Reads the rows out of a stored request, for filters on {@code features.*}, {@code prediction} and
 * {@code score}. Thread-safe; called on the reader's thread, never on an event loop.
 */
@FunctionalInterface
public interface RowDecoder {

  /** Knows no protocol: such filters match nothing. */
  RowDecoder NONE = request -> List.of();

  /**
   * One entry per row of the request, in order; empty when the bodies cannot be read (an exception
   * counts as that too). Costs about one parse of both bodies.
   */
  List<DecodedRow> decode(StoredRequest request);
}
