package dev.sidelight.logger.embedded;

import dev.sidelight.logger.Events;
import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestQuery;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.Sink.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a directory of its own for every test. */
abstract class StoreFixture {

  static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");

  @TempDir Path dir;

  EmbeddedStore store;

  @BeforeEach
  void open() {
    store = open(EmbeddedSettings.in(dir), NOW);
  }

  static EmbeddedStore open(EmbeddedSettings settings, Instant now) {
    try {
      return EmbeddedStore.open(settings, e -> 1, StoreFixture::rows, () -> now);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The row of the default bodies: an age, a class of work, a prediction. */
  static List<DecodedRow> rows(dev.sidelight.logger.StoredRequest request) {
    String body = new String(request.request().bytes(), java.nio.charset.StandardCharsets.UTF_8);
    List<DecodedRow> rows = new ArrayList<>();
    for (String row : body.replaceAll(".*\\[\\[|\\]\\].*", "").split("\\],\\[", -1)) {
      String[] cells = row.split(",", -1);
      double age = Double.parseDouble(cells[0]);
      String work = cells[1].replace("\"", "");
      rows.add(
          new DecodedRow(
              Map.of("age", age, "work class", work), age > 40 ? ">50K" : "<=50K", age / 100));
    }
    return rows;
  }

  @AfterEach
  void close() {
    store.close();
  }

  void write(LoggedEvent... events) {
    write(Arrays.asList(events));
  }

  void write(List<LoggedEvent> events) {
    List<Result> results = store.write(events);
    if (!results.stream().allMatch(Result.Written.class::isInstance)) {
      throw new AssertionError("not written: " + results);
    }
  }

  List<Long> sequences(String filter) {
    return page(filter, 1000, "").items().stream().map(RequestSummary::seq).toList();
  }

  RequestPage page(String filter, int limit, String cursor) {
    return store.query(new RequestQuery(filter, limit, cursor));
  }

  static List<LoggedEvent> plain(long from, long to) {
    List<LoggedEvent> events = new ArrayList<>();
    for (long i = from; i <= to; i++) {
      events.add(Events.event(i).build());
    }
    return events;
  }
}
