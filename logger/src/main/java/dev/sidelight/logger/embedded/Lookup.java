package dev.sidelight.logger.embedded;

import dev.sidelight.logger.StoredReport;
import dev.sidelight.logger.StoredRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds single events by their ids, newest day first. */
final class Lookup {

  private static final String STORED =
      "SELECT " + Schema.SUMMARY + Schema.AND_PAYLOAD + " WHERE kind = " + Schema.EXCHANGE;

  private static final String REPORTS =
      "SELECT id, report, time_us, request FROM event JOIN payload ON payload.seq = event.seq"
          + " WHERE kind = "
          + Schema.REPORT;

  private final DayFiles files;
  private final Readers readers;

  Lookup(DayFiles files, Readers readers) {
    this.files = files;
    this.readers = readers;
  }

  Optional<StoredRequest> request(UUID id) throws SQLException {
    for (DayFile file : files.newestFirst()) {
      Optional<Optional<StoredRequest>> read = readers.read(file, c -> byId(c, id));
      if (read.isPresent() && read.get().isPresent()) {
        return read.get();
      }
    }
    return Optional.empty();
  }

  private static Optional<StoredRequest> byId(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(STORED + " AND event.id = ?")) {
      select.setBytes(1, EventBinder.bytes(id));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Rows.stored(row)) : Optional.empty();
      }
    }
  }

  Optional<StoredReport> report(UUID id) throws SQLException {
    for (DayFile file : files.newestFirst()) {
      Optional<Optional<StoredReport>> read = readers.read(file, c -> reportById(c, id));
      if (read.isPresent() && read.get().isPresent()) {
        return read.get();
      }
    }
    return Optional.empty();
  }

  private static Optional<StoredReport> reportById(Connection connection, UUID id)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(REPORTS + " AND id = ?")) {
      select.setBytes(1, EventBinder.bytes(id));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Rows.report(row)) : Optional.empty();
      }
    }
  }

  List<StoredReport> reports(UUID exchangeId) throws SQLException {
    List<StoredReport> reports = new ArrayList<>();
    for (DayFile file : files.newestFirst()) {
      readers.read(file, connection -> addReports(connection, exchangeId, reports));
    }
    reports.sort(Comparator.comparingLong(StoredReport::timeMicros).reversed());
    return reports;
  }

  private static boolean addReports(Connection connection, UUID exchangeId, List<StoredReport> to)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            REPORTS + " AND exchange_id = ? ORDER BY time_us DESC, event.seq DESC")) {
      select.setBytes(1, EventBinder.bytes(exchangeId));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          to.add(Rows.report(row));
        }
      }
    }
    return true;
  }
}
