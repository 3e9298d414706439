package dev.sidelight.logger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** A sink that answers queries. Thread-safe; blocks, so never on an event loop. */
public interface EventStore extends Sink {

  /**
   * Newest first, within about 2 s.
   *
   * @throws QueryException when the filter does not parse or the cursor does not fit
   */
  RequestPage query(RequestQuery query);

  /** One request with its bodies; empty when there is none with this id. */
  Optional<StoredRequest> request(UUID id);

  /** Reports about an exchange (explanations), newest first. */
  List<StoredReport> reports(UUID exchangeId);

  /** One report; empty when there is none with this id. */
  Optional<StoredReport> report(UUID id);

  /**
   * Live tail: every request stored after {@code afterSeq} that passes the filter, in order, on one
   * thread of the store per tail. At most 256 wait per subscriber; then they are dropped and
   * counted.
   *
   * @param afterSeq the store's own sequence; -1 for only new ones
   * @throws QueryException when the filter does not parse, or code {@code too_many_tails} above 32
   */
  Tail tail(String filter, long afterSeq, Consumer<TailItem> to);

  /**
   * Erases every event with this request id, event id or exchange id, bodies and search text
   * included, so that no byte of them stays in the files. May take seconds. A later repeat of an
   * erased event is not stored again.
   *
   * @return the number of events erased
   */
  long erase(String id);

  /** A running tail. */
  interface Tail extends AutoCloseable {
    @Override
    void close();
  }

  /** A request, or the number of those that were dropped because the subscriber did not keep up. */
  sealed interface TailItem {
    record Row(RequestSummary request) implements TailItem {}

    record Lagged(long count) implements TailItem {}
  }
}
