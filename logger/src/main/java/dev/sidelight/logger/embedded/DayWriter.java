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
  private final PreparedStatement event;
  private final PreparedStatement payload;
  private final PreparedStatement body;
  private final EventBinder binder;
  private final BodyText text = new BodyText();
  private final boolean hasErased;

  DayWriter(DayFile file, RowCounter counter) throws SQLException {
    this.file = file;
    this.counter = counter;
    connection = Sqlite.writer(file.path());
    event = connection.prepareStatement(Schema.INSERT_EVENT);
    payload = connection.prepareStatement(Schema.INSERT_PAYLOAD);
    body = connection.prepareStatement(Schema.INSERT_BODY);
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
        yield event.executeUpdate() > 0 && bodies(seq, e.request(), e.response());
      }
      case PayloadEvent.Half h -> {
        binder.half(seq, h);
        yield event.executeUpdate() > 0
            && (h.isRequest()
                ? bodies(seq, h.side(), Side.NONE)
                : bodies(seq, Side.NONE, h.side()));
      }
      case PayloadEvent.Report r -> {
        binder.report(seq, r);
        yield event.executeUpdate() > 0 && json(seq, r.json());
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
    payload.setLong(1, seq);
    side(1, request, requestBody);
    side(5, response, responseBody);
    payload.executeUpdate();
    String words = text.of(request, requestBody, response, responseBody);
    if (!words.isEmpty()) {
      body.setLong(1, seq);
      body.setString(2, words);
      body.executeUpdate();
    }
    return true;
  }

  private void side(int after, Side side, byte[] bytes) throws SQLException {
    payload.setString(after + 1, side.contentType());
    payload.setString(after + 2, side.contentEncoding());
    payload.setBytes(after + 3, bytes);
    payload.setString(after + 4, side.truncation().word());
  }

  private boolean json(long seq, byte[] json) throws SQLException {
    payload.clearParameters();
    payload.setLong(1, seq);
    payload.setString(2, "application/json");
    payload.setBytes(4, json);
    payload.executeUpdate();
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
