package dev.sidelight.logger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.Outcome;
import dev.sidelight.logger.Events;
import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.logger.StoredRequest;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EmbeddedStoreIT extends StoreFixture {

  @Test
  void write_thenRead_everyColumnComesBack() {
    LoggedEvent logged =
        Events.event(7)
            .model("income", "3")
            .status(503, Outcome.BACKEND_UNREACHABLE)
            .latency(30_000)
            .requestId("order-1")
            .trace("4bf92f3577b34da6a3ce929d0e0e4736")
            .head("POST /v1/models/income:predict HTTP/1.1\r\nUser-Agent: curl/8: x\r\n\r\n")
            .truncated()
            .build();

    write(logged);

    RequestSummary row = page("", 50, "").items().getFirst();
    assertThat(row)
        .isEqualTo(
            new RequestSummary(
                1,
                logged.event().id(),
                Events.NOON + 7_000,
                "income",
                "3",
                "",
                "v1",
                "POST",
                "/v1/models/income:predict",
                503,
                "backend_unreachable",
                30_000,
                29_600,
                1,
                30,
                24,
                "order-1",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                1));
    StoredRequest stored = store.request(logged.event().id()).orElseThrow();
    assertThat(stored.summary()).isEqualTo(row);
    assertThat(stored.request().bytes()).asString().isEqualTo("{\"instances\":[[39,\"Private\"]]}");
    assertThat(stored.request().truncation()).isEqualTo("cap");
    assertThat(stored.request().contentType()).isEqualTo("application/json");
    assertThat(stored.response().bytes()).asString().contains(">50K");
    assertThat(stored.headers()).containsOnlyKeys("request.user-agent");
    assertThat(stored.headers()).containsEntry("request.user-agent", "curl/8: x");
  }

  @Test
  void request_unknownId_empty() {
    write(plain(1, 3));

    assertThat(store.request(new UUID(1, 1))).isEqualTo(Optional.empty());
  }

  @Test
  void write_repeats_foldAlsoAfterReopening() {
    write(plain(1, 10));
    write(plain(5, 12));
    store.close();
    store = open(EmbeddedSettings.in(dir), NOW);

    write(plain(1, 13));

    assertThat(sequences("")).hasSize(13);
    assertThat(page("", 50, "").items().stream().map(RequestSummary::id)).doesNotHaveDuplicates();
  }

  @Test
  void write_acrossMidnight_oneFilePerDayAndRisingSeq() {
    LoggedEvent before = Events.event(1).logged("2026-11-21T23:59:59.999999Z").build();
    LoggedEvent after = Events.event(2).logged("2026-11-22T00:00:00Z").build();

    write(before, after);
    write(before); // a replay meets the file of its own day and folds
    write(Events.event(3).build());

    assertThat(dir.resolve("events-2026-11-21.db")).exists();
    assertThat(dir.resolve("events-2026-11-22.db")).exists();
    assertThat(sequences("")).containsExactly(3L, 2L, 1L);
  }

  @Test
  void query_arrivedBeforeMidnightLoggedAfter_orderIsByTime() {
    long midnight = Events.micros("2026-11-22T00:00:00Z");
    LoggedEvent late =
        Events.event(1).logged("2026-11-22T00:00:01Z").arrived(midnight - 5_000).build();
    LoggedEvent early =
        Events.event(2).logged("2026-11-21T23:59:59.999Z").arrived(midnight - 1_000).build();

    write(early);
    write(late);

    List<Long> times = page("", 1, "").items().stream().map(RequestSummary::timeMicros).toList();
    assertThat(times).containsExactly(midnight - 1_000);
    String next = page("", 1, "").next();
    assertThat(page("", 1, next).items().getFirst().timeMicros()).isEqualTo(midnight - 5_000);
    assertThat(page("", 1, next).next()).isEmpty();
  }

  @Test
  void reports_ofAnExchange_newestFirstAndNotInTheList() {
    LoggedEvent exchange = Events.event(1).build();
    UUID id = exchange.event().id();

    write(exchange, Events.report(2, id, "{\"a\":1}"), Events.report(3, id, "{\"a\":2}"));

    List<StoredReport> reports = store.reports(id);
    assertThat(reports)
        .extracting(r -> new String(r.json(), java.nio.charset.StandardCharsets.UTF_8))
        .containsExactly("{\"a\":2}", "{\"a\":1}");
    assertThat(reports).extracting(StoredReport::kind).containsOnly("explanation");
    assertThat(sequences("")).containsExactly(1L);
    assertThat(store.reports(new UUID(3, 3))).isEmpty();
  }

  @Test
  void wants_everythingButGaps() {
    assertThat(store.wants(Events.event(1).build())).isTrue();
    assertThat(store.wants(Events.report(1, new UUID(1, 1), "{}"))).isTrue();
    assertThat(store.wants(Events.gap(1))).isFalse();
  }

  @Test
  void write_counterThatThrows_rowsAreUnknown() throws Exception {
    store.close();
    store =
        EmbeddedStore.open(
            EmbeddedSettings.in(dir),
            e -> {
              throw new IllegalStateException("strange body");
            },
            RowDecoder.NONE,
            () -> NOW);

    write(plain(1, 1));

    assertThat(page("", 1, "").items().getFirst().rows()).isEqualTo(-1);
    assertThat(sequences("rows < 5")).isEmpty();
  }

  @Test
  void retain_oldDays_filesGoAndTheNewestStays() {
    write(Events.event(1).logged("2026-11-10T00:00:00Z").build());
    write(Events.event(2).logged("2026-11-15T00:00:00Z").build());
    write(Events.event(3).logged("2026-11-16T00:00:00Z").build());
    write(Events.event(4).logged("2026-11-22T00:00:00Z").build());
    String intoFirstDay = page("", 3, "").next();

    store.retain();

    assertThat(sequences("")).containsExactly(4L, 3L);
    assertThat(dir.resolve("events-2026-11-15.db")).doesNotExist();
    assertThat(dir.resolve("events-2026-11-15.db-wal")).doesNotExist();
    assertThat(dir.resolve("events-2026-11-16.db")).exists();
    Throwable expired =
        org.assertj.core.api.Assertions.catchThrowable(() -> page("", 3, intoFirstDay));
    assertThat(expired).hasFieldOrPropertyWithValue("code", "cursor_expired");
  }

  @Test
  void retain_tooLarge_oldestGoFirst() {
    store.close();
    store = open(new EmbeddedSettings(dir, 30, 1 << 20), NOW);
    String noise = "x".repeat(200_000);
    for (int day = 10; day <= 22; day++) {
      write(Events.event(day).logged("2026-11-" + day + "T10:00:00Z").request(noise).build());
    }

    store.retain();

    List<Long> kept = sequences("");
    assertThat(kept).isNotEmpty().hasSizeLessThan(8);
    assertThat(kept.getFirst()).isEqualTo(13L);
    assertThat(kept)
        .isEqualTo(new ArrayList<>(kept).stream().sorted((a, b) -> Long.compare(b, a)).toList());
    assertThat(store.stats().files()).isEqualTo(kept.size());
  }

  @Test
  void open_damagedFile_isSetAsideAndTheRestServes() throws Exception {
    write(Events.event(1).logged("2026-11-21T10:00:00Z").build());
    write(Events.event(2).build());
    store.close();
    Files.write(
        dir.resolve("events-2026-11-21.db"),
        "no database at all".repeat(100).getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    store = open(EmbeddedSettings.in(dir), Instant.parse("2026-11-22T13:00:00Z"));

    assertThat(sequences("")).containsExactly(2L);
    assertThat(dir.resolve("events-2026-11-21.db.damaged")).exists();
  }

  @Test
  void stats_countWhatIsThere() {
    write(plain(1, 20));
    sequences("");

    StoreStats stats = store.stats();

    assertThat(stats.files()).isEqualTo(1);
    assertThat(stats.events()).isEqualTo(20);
    assertThat(stats.bytes()).isPositive();
    assertThat(stats.queries()).isEqualTo(1);
  }
}
