package dev.sidelight.logger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.core.event.Outcome;
import dev.sidelight.logger.Events;
import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryIT extends StoreFixture {

  private void writeFive() throws IOException {
    write(
        Events.event(1).requestId("order-1").trace("4bf92f3577b34da6a3ce929d0e0e4736").build(),
        Events.event(2)
            .model("churn", "2")
            .status(404, Outcome.CLIENT_ERROR)
            .latency(51_000)
            .request("{\"instances\":[[44,\"Self-emp-inc\"]]}")
            .build(),
        Events.event(3)
            .status(503, Outcome.BACKEND_UNREACHABLE)
            .request("{\"instances\":[[25,\"Private\"],[61,\"State-gov\"]]}")
            .truncated()
            .build(),
        Events.event(4).synthetic().build(),
        Events.event(5)
            .model("naïve \"quoted\" model", "1")
            .request(gzip("{\"instances\":[[30,\"Zipped\"]]}"), "gzip")
            .response("Zürich été")
            .build());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Events.bytes(text));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                         | 5 3 2 1
          model = income                             | 3 1
          model != income                            | 5 2
          model = "naïve \\"quoted\\" model"         | 5
          version = 2                                | 2
          status >= 400 and status < 500             | 2
          status = 200                               | 5 1
          outcome != success                         | 3 2
          outcome = client_error                     | 2
          latency > 50ms                             | 2
          latency <= 8ms                             | 5 3 1
          upstream_latency = 7600us                  | 5 3 1
          rows = 1                                   | 5 3 2 1
          request_bytes > 10KiB                      |
          bytes < 100                                | 5 3 2 1
          time >= 2026-11-22T12:00:00.003Z           | 5 3
          time < 2026-11-22T12:00:00.002Z            | 1
          time > 2026-11-23                          |
          request_id = order-1                       | 1
          trace_id = 4bf92f3577b34da6a3ce929d0e0e4736 | 1
          id = 0199f3a0-7c00-7000-8000-000000000002  | 2
          id != 0199f3a0-7c00-7000-8000-000000000002 | 5 3 1
          path = "/v1/models/income:predict"         | 5 3 2 1
          method = GET                               |
          protocol = v1 and method = POST            | 5 3 2 1
          synthetic = true                           | 4
          synthetic = false                          | 5 3 2 1
          truncated = true                           | 3
          redacted = true                            |
          grpc_status = -1                           |
          text ~ private                             | 3 1
          text ~ "Self-emp-inc"                      | 2
          text ~ "inc self"                          | 2
          text ~ zipped                              | 5
          text ~ zurich                              | 5
          text ~ "ÉTÉ"                               | 5
          text ~ private and text ~ state            | 3
          text ~ "priv"                              |
          text ~ "private OR zipped"                 |
          features.age > 40                          | 3 2
          features.age > 40 and features."work class" = Private |
          features.age < 40 and features."work class" = Private | 3 1
          features.age = 44.0                        | 2
          features.missing = 1                       |
          features.age > 40 and model = churn        | 2
          prediction = ">50K"                        | 3 2
          score > 0.6                                | 3
          model = *:*                                |
          model = ../                                |
          model = "' OR 1=1 --"                      |
          model = "x\\" OR \\"1\\"=\\"1"             |
          model = "%"                                |
          text ~ "a\\" OR b"                         |
          features."'; DROP TABLE event; --" = 1     |
          """)
  void query_filter_matches(String filter, String sequences) throws IOException {
    writeFive();

    List<Long> expected =
        sequences == null
            ? List.of()
            : Arrays.stream(sequences.split(" ", -1)).map(Long::valueOf).toList();
    assertThat(sequences(filter == null ? "" : filter)).isEqualTo(expected);
    assertThat(sequences("")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"' OR 1=1", "*:*", "../", "model = a; DROP TABLE event"})
  void query_notAFilter_querySyntax(String filter) {
    QueryException refused = catchThrowableOfType(QueryException.class, () -> page(filter, 10, ""));

    assertThat(refused.code()).isEqualTo("query_syntax");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text ~ private", "features.age = 39", "model = income"})
  void page_whileOthersInsert_everyOlderRowExactlyOnce(String filter) throws Exception {
    List<LoggedEvent> old = plain(1, 3_000);
    Collections.shuffle(old, new Random(42)); // arrival order is not storage order
    write(old);
    CountDownLatch halfway = new CountDownLatch(1);
    Thread inserter =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (long i = 3_001; i <= 13_000; i += 500) {
                    store.write(plain(i, i + 499));
                    halfway.countDown();
                  }
                });

    List<UUID> seen = new ArrayList<>();
    String next = "";
    do {
      RequestPage page = page(filter, 97, next);
      page.items().forEach(row -> seen.add(row.id()));
      next = page.next();
      halfway.await();
    } while (!next.isEmpty());
    inserter.join();

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen).containsAll(old.stream().map(e -> e.event().id()).toList());
  }

  @Test
  void page_acrossDays_orderAndCompleteness() {
    for (int day = 17; day <= 22; day++) {
      for (int i = 0; i < 7; i++) {
        write(
            Events.event(day * 10L + i).logged("2026-11-%dT10:00:0%dZ".formatted(day, i)).build());
      }
    }

    List<Long> times = new ArrayList<>();
    String next = "";
    do {
      RequestPage page = page("", 4, next);
      assertThat(page.complete()).isTrue();
      assertThat(page.approximateTotal()).isBetween(40L, 44L);
      page.items().forEach(row -> times.add(row.timeMicros()));
      next = page.next();
    } while (!next.isEmpty());

    assertThat(times).hasSize(42).doesNotHaveDuplicates();
    assertThat(times).isSortedAccordingTo(Collections.reverseOrder());
  }

  @Test
  void page_cursorOfAnotherFilter_mismatch() {
    write(plain(1, 5));
    String cursor = page("model = income", 2, "").next();

    assertThat(page("model=income", 2, cursor).items()).hasSize(2);
    for (String bad : List.of("AAAA", "not base64!", cursor.substring(1))) {
      QueryException refused =
          catchThrowableOfType(QueryException.class, () -> page("model = income", 2, bad));
      assertThat(refused.code()).isEqualTo("cursor_mismatch");
    }
    QueryException other = catchThrowableOfType(QueryException.class, () -> page("", 2, cursor));
    assertThat(other.code()).isEqualTo("cursor_mismatch");
  }

  @Test
  void page_timeRunsOut_incompleteAndGoesOnToTheEnd() throws Exception {
    write(plain(1, 3_000));
    store.close();
    Readers readers = new Readers();
    long[] now = new long[1];
    Queries slow =
        new Queries(
            DayFiles.open(dir),
            readers,
            request -> {
              now[0] += 10_000_000; // 10 ms each: 200 fit into a page's 2 s
              return StoreFixture.rows(request);
            },
            () -> now[0]);

    int pages = 0;
    String next = "";
    do {
      RequestPage page =
          slow.page(new dev.sidelight.logger.RequestQuery("features.age > 90", 10, next));
      assertThat(page.items()).isEmpty();
      assertThat(page.complete()).isEqualTo(page.next().isEmpty());
      next = page.next();
      pages++;
    } while (!next.isEmpty());

    assertThat(pages).isBetween(15, 16);
    readers.close();
    store = open(EmbeddedSettings.in(dir), NOW);
  }

  @Test
  void page_frequentAndRareWord_sameAsWithoutIndex() {
    List<LoggedEvent> events =
        LongStream.rangeClosed(1, 5_000)
            .mapToObj(
                i ->
                    Events.event(i)
                        .request(
                            "{\"instances\":[[39,\"%s\"]]}"
                                .formatted(i % 1_000 == 0 ? "rare" : "often"))
                        .build())
            .toList();
    write(events);

    assertThat(sequences("text ~ rare")).containsExactly(5_000L, 4_000L, 3_000L, 2_000L, 1_000L);
    assertThat(sequences("text ~ often and status = 200")).hasSize(1_000).startsWith(4_999L);
    RequestPage page = page("text ~ often", 3, "");
    assertThat(page.items())
        .extracting(RequestSummary::seq)
        .containsExactly(4_999L, 4_998L, 4_997L);
    assertThat(page.approximateTotal()).isBetween(2_000L, 5_000L);
  }

  @Test
  void query_numbersAndLongWords_areFoundThoughNotInTheIndex() {
    String longWord = "x".repeat(65);
    write(
        Events.event(1).request("{\"instances\":[0.25,777]}").build(),
        Events.event(2).request("{\"instances\":[1e-05],\"note\":\"Seen\"}").build(),
        Events.event(3).request("{\"instances\":[7770]}").response("[777]").build(),
        Events.event(4).request("{\"note\":\"" + longWord + " unseen\"}").build());

    assertThat(sequences("text ~ 777")).containsExactly(3L, 1L);
    assertThat(sequences("text ~ 777 and text ~ 7770")).containsExactly(3L);
    assertThat(sequences("text ~ \"0.25\"")).containsExactly(1L);
    assertThat(sequences("text ~ \"1e-05\" and text ~ seen")).containsExactly(2L);
    assertThat(sequences("text ~ " + longWord)).containsExactly(4L);
    assertThat(sequences("text ~ " + longWord + "x")).isEmpty();
  }

  @Test
  void query_twoWordsOfOneBlockInDifferentEvents_noMatch() {
    write(
        Events.event(1).request("left").build(),
        Events.event(2).request("right").build(),
        Events.event(3).request("left right").build());

    assertThat(sequences("text ~ \"left right\"")).containsExactly(3L);
  }

  @Test
  void query_requestIdOfItsOwn_isTheEventsId() {
    write(Events.event(1).build(), Events.event(2).requestId("order-1").build());
    String own = "0199f3a0-7c00-7000-8000-000000000001";

    assertThat(page("", 2, "").items())
        .extracting(RequestSummary::requestId)
        .containsExactly("order-1", own);
    assertThat(sequences("request_id = " + own)).containsExactly(1L);
    assertThat(sequences("request_id != " + own)).containsExactly(2L);
    assertThat(sequences("request_id < 1")).containsExactly(1L);
    assertThat(sequences("request_id = 0199f3a0-7c00-7000-8000-000000000002")).isEmpty();
  }

  @Test
  void query_wordInOneBlock_sameInEveryPositionOfIt() {
    for (int i = 0; i < 200; i += 7) {
      List<LoggedEvent> batch = new ArrayList<>(plain(i * 1_000L + 1, i * 1_000L + 199));
      batch.add(i, Events.event(i * 1_000L + 500).request("pos" + i).build());
      write(batch);
    }

    for (int i = 0; i < 200; i += 7) {
      assertThat(sequences("text ~ pos" + i)).containsExactly(i / 7 * 200L + i + 1);
    }
  }
}
