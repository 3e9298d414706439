package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.Call;
import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent.Exchange;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Times;
import dev.sidelight.core.event.Trace;
import dev.sidelight.core.event.Truncation;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCountsTest {

  private static Exchange exchange(
      String protocol, String body, String encoding, Truncation truncation) {
    Payload payload = Payload.of(body.getBytes(StandardCharsets.UTF_8));
    Side request =
        new Side(
            Payload.EMPTY, payload, payload.length(), 0, "application/json", encoding, truncation);
    return new Exchange(
        new UUID(0, 1),
        CallerIds.NONE,
        Trace.NONE,
        ModelRef.of("m"),
        new Call("POST", "/", protocol, "http/1.1", 200, -1, Outcome.SUCCESS),
        new Times(0, 0, 0),
        request,
        Side.NONE,
        Marks.NONE);
  }

  private static int rows(String protocol, String body) {
    return new RowCounts().rows(exchange(protocol, body, "", Truncation.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1 | {\"instances\":[[1,2],[3,4],{\"a\":[1,[2]]}]} | 3",
        "v1 | {\"signature_name\":{\"x\":[1]},\"instances\":[]} | 0",
        "v1 | {\"inputs\":[[1]]} | -1",
        "v1 | {\"instances\":7} | -1",
        "v1 | [1,2] | -1",
        "v1 | {\"instances\":[[1,2] | -1",
        "v2 | {\"id\":\"7\",\"inputs\":[{\"name\":\"x\",\"data\":[1,2],\"shape\":[5,2]}]} | 5",
        "v2 | {\"inputs\":[]} | -1",
        "v2 | {\"inputs\":[{\"shape\":[1.5]}]} | -1",
        "v2 | {\"inputs\":[{\"shape\":[99999999999]}]} | -1",
        "v2 | not json | -1",
        "raw | {\"instances\":[[1]]} | -1",
      })
  void rows_byOnePassOverTheTokens(String protocol, String body, int rows) {
    assertThat(rows(protocol, body)).isEqualTo(rows);
  }

  @Test
  void rows_compressedOrCut_areUnknown() {
    String body = "{\"instances\":[[1]]}";

    assertThat(new RowCounts().rows(exchange("v1", body, "gzip", Truncation.NONE))).isEqualTo(-1);
    assertThat(new RowCounts().rows(exchange("v1", body, "", Truncation.CAP))).isEqualTo(-1);
  }
}
