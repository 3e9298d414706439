package dev.sidelight.logger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.logger.Events;
import dev.sidelight.logger.LoggedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EraseIT extends StoreFixture {

  private List<Path> filesWith(String word) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private LoggedEvent secret(long sequence, String logged) {
    return Events.event(sequence)
        .logged(logged)
        .requestId("order-77")
        .head("X-Note: canaryhead\r\n\r\n")
        .request("{\"instances\":[[39,\"canaryword\"]],\"note\":\"" + "filler ".repeat(900) + "\"}")
        .build();
  }

  @Test
  void erase_byRequestId_noByteStaysInAnyFile() throws IOException {
    write(plain(100, 700));
    write(secret(1, "2026-11-21T10:00:00Z"), secret(2, "2026-11-22T12:00:00Z"));
    write(plain(701, 900));
    sequences("text ~ canaryword");
    assertThat(filesWith("canaryword")).isNotEmpty();

    long erased = store.erase("order-77");

    assertThat(erased).isEqualTo(2);
    assertThat(filesWith("canary")).isEmpty();
    assertThat(filesWith("order-77")).isEmpty();
    assertThat(sequences("text ~ canaryword")).isEmpty();
    assertThat(sequences("text ~ private")).hasSize(801);
    assertThat(Files.readString(dir.resolve("erasures.log")))
        .contains("\"action\":\"erase\"")
        .contains(secret(1, "2026-11-21T10:00:00Z").event().id().toString());
  }

  @Test
  void erase_thenReplayed_staysAway() {
    LoggedEvent secret = secret(2, "2026-11-22T12:00:00Z");
    write(secret);
    store.erase(secret.event().id().toString());

    write(secret);
    write(plain(3, 3));

    assertThat(store.request(secret.event().id())).isEmpty();
    assertThat(sequences("")).hasSize(1);
  }

  @Test
  void erase_byExchangeId_itsReportsGoToo() {
    LoggedEvent exchange = Events.event(1).build();
    write(exchange, Events.report(2, exchange.event().id(), "{\"a\":1}"), Events.event(3).build());

    long erased = store.erase(exchange.event().id().toString());

    assertThat(erased).isEqualTo(2);
    assertThat(store.reports(exchange.event().id())).isEmpty();
    assertThat(sequences("")).containsExactly(3L);
  }

  @Test
  void erase_unknownOrEmpty_nothingHappens() {
    write(plain(1, 3));

    assertThat(store.erase("nobody")).isZero();
    assertThat(store.erase("")).isZero();
    assertThat(store.erase("' OR 1=1 --")).isZero();
    assertThat(sequences("")).hasSize(3);
  }

  @Test
  void erase_oneOfABlock_theOthersAreStillFound() {
    write(
        Events.event(1).request("first common").build(),
        Events.event(2).request("second common").build(),
        Events.event(3).request("third common").build());

    store.erase(Events.event(1).build().event().id().toString());
    store.erase(Events.event(2).build().event().id().toString());
    write(Events.event(4).request("fourth common").build());

    assertThat(sequences("text ~ common")).containsExactly(4L, 3L);
    assertThat(sequences("text ~ third")).containsExactly(3L);
    assertThat(sequences("text ~ first")).isEmpty();
  }
}
