package dev.sidelight.logger.embedded;

import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** The writing connection to one day file. Used under the store's write lock. */
final class DayWriter implements AutoCloseable {

  private final DayFile file;
  private final RowCounter counter;
  private final Connection connection;
  private final RowInsert event;
  private final RowInsert payload;
  private final TextIndex index;
  private final EventBinder binder;
  private final BodyText text = new BodyText();
  private final boolean hasErased;

  DayWriter(DayFile file, RowCounter counter) throws SQLException {
    this.file = file;
    this.counter = counter;
    connection = Sqlite.writer(file.path());
    event = new RowInsert(connection, "event", Schema.EVENT, " ON CONFLICT(id) DO NOTHING");
    payload = new RowInsert(connection, "payload", Schema.PAYLOADS, "");
    index = new TextIndex(connection);
    binder = new EventBinder(event);
    hasErased = Sqlite.number(connection, "SELECT EXISTS(SELECT 1 FROM erased)") != 0;
  }

  DayFile file() {
    return file;
  }

  Connection connection() {
    return connection;
  }

  /**
   * @return false when the event is already there, or was erased
   */
  boolean insert(long seq, PayloadEvent each) throws SQLException {
    if (hasErased && isErased(each.id())) {
      return false;
    }
    return switch (each) {
      case PayloadEvent.Exchange e -> {
        binder.exchange(seq, e, rows(e));
        yield event.execute() > 0 && bodies(seq, e.request(), e.response());
      }
      case PayloadEvent.Half h -> {
        binder.half(seq, h);
        yield event.execute() > 0
            && (h.isRequest()
                ? bodies(seq, h.side(), Side.NONE)
                : bodies(seq, Side.NONE, h.side()));
      }
      case PayloadEvent.Report r -> {
        binder.report(seq, r);
        yield event.execute() > 0 && json(seq, r.json());
      }
      case PayloadEvent.Gap _ -> throw new IllegalArgumentException("gaps are not stored");
    };
  }

  private int rows(PayloadEvent.Exchange exchange) {
    try {
      return counter.rows(exchange);
    } catch (RuntimeException unreadable) {
      return -1; // a strange body must not keep its event out of the store
    }
  }

  private boolean bodies(long seq, Side request, Side response) throws SQLException {
    byte[] requestBody = request.body().copy();
    byte[] responseBody = response.body().copy();
    payload.set(0, seq);
    side(1, request, requestBody);
    side(5, response, responseBody);
    payload.execute();
    index.add(
        seq,
        text.of(requestBody, request.contentEncoding()),
        text.of(responseBody, response.contentEncoding()));
    return true;
  }

  private void side(int from, Side side, byte[] bytes) {
    payload.set(from, side.contentType());
    payload.set(from + 1, side.contentEncoding());
    payload.set(from + 2, bytes);
    payload.set(from + 3, side.truncation().word());
  }

  private boolean json(long seq, byte[] json) throws SQLException {
    payload.set(0, seq);
    payload.set(1, "application/json");
    payload.set(3, json);
    payload.execute();
    return true;
  }

  private boolean isErased(UUID id) throws SQLException {
    try (PreparedStatement find =
        connection.prepareStatement("SELECT 1 FROM erased WHERE id = ?")) {
      find.setBytes(1, EventBinder.bytes(id));
      return find.executeQuery().next();
    }
  }

  void commit() throws SQLException {
    index.flush();
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close(); // and its statements with it
  }
}
