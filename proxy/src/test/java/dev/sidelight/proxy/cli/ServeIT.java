package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.cli.TinyFunction.Row;
import dev.sidelight.proxy.http.Listener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The role in front of a model server that was not written with our codecs: what passes is kept.
 */
class ServeIT {

  @TempDir Path dir;

  @Test
  void predictions_bothProtocols_passByteForByteAndAreKept() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v2")) {
      List<Row> rows = List.of(TinyFunction.row(1), TinyFunction.row(2));
      String v1 = TinyBodies.v1(rows);
      String v2 = TinyBodies.v2(rows);

      HttpResponse<byte[]> first = run.post(Listener.DATA, "/v1/models/tiny:predict", v1);
      HttpResponse<byte[]> second = run.post(Listener.DATA, "/v2/models/tiny/infer", v2);
      HttpResponse<byte[]> odd = run.post(Listener.DATA, "/v2/models/html/infer", "{not json");

      assertThat(first.body()).isEqualTo(direct(model, "/v1/models/tiny:predict", v1));
      assertThat(second.body()).isEqualTo(direct(model, "/v2/models/tiny/infer", v2));
      assertThat(odd.body()).isEqualTo(direct(model, "/v2/models/html/infer", "{not json"));
      assertThat(first.headers().firstValue("x-model")).contains("tiny");
      assertThat(model.predictions().get(0).body()).isEqualTo(v1.getBytes(StandardCharsets.UTF_8));
      assertThat(model.predictions().get(1).body()).isEqualTo(v2.getBytes(StandardCharsets.UTF_8));

      run.awaitStored(3);
      JsonNode items = run.management("/v1/requests").get("items");
      assertThat(items).hasSize(3);
      JsonNode kept = run.management("/v1/requests/" + items.get(1).get("id").textValue());
      assertThat(kept.at("/request/text").textValue()).isEqualTo(v2);
      assertThat(kept.at("/response/text").textValue()).isEqualTo(ServeRun.text(second));
      assertThat(kept.get("rows").intValue()).isEqualTo(2);
      assertThat(kept.at("/decoded/0/features/c").textValue()).isEqualTo(rows.get(0).c());
      assertThat(kept.at("/decoded/0/prediction").textValue()).isIn("yes <é", "no &");
      assertThat(kept.at("/decoded")).hasSize(2);
    }
  }

  private static byte[] direct(TinyModel model, String path, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(model.url() + path))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
  }

  @Test
  void syntheticCalls_carryTheMarksAndStayOutOfTheLog() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      run.putReference(
          "tiny", TinyBodies.csv(IntStream.range(0, 20).mapToObj(TinyFunction::row).toList()));
      String body = TinyBodies.v1(List.of(TinyFunction.row(77)));

      HttpResponse<byte[]> answer =
          run.post(
              Listener.DATA,
              "/v1/models/tiny:explain",
              body,
              "Authorization",
              "Bearer canary-token",
              "X-Canary",
              "canary-header",
              "traceparent",
              "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
      run.post(Listener.DATA, "/v1/models/tiny:predict", body);

      run.ok(answer);
      assertThat(ServeRun.text(answer)).doesNotContain("canary");
      assertThat(answer.headers().map().toString()).doesNotContain("canary");
      List<TinyModel.Seen> calls = model.predictions();
      List<TinyModel.Seen> synthetic = calls.subList(0, calls.size() - 1);
      assertThat(synthetic).isNotEmpty();
      for (TinyModel.Seen call : synthetic) {
        assertThat(call.field("seldon-skip-logging")).isEqualTo("true");
        assertThat(call.field("x-sidelight-synthetic")).isEqualTo("true");
        assertThat(call.field("authorization")).isEqualTo("Bearer canary-token");
        assertThat(call.field("traceparent")).startsWith("00-0af7651916cd43dd8448eb211c80319c");
        assertThat(call.field("content-type")).isEqualTo("application/json");
      }
      run.awaitStored(1);
      assertThat(run.management("/v1/requests").get("items")).hasSize(1);
      assertThat(run.management("/v1/log/ledger").get("seen").longValue()).isEqualTo(1);
    }
  }

  @Test
  void ledger_afterManyRequests_isBalancedAndNothingIsThereTwice() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      for (int i = 0; i < 300; i++) {
        run.post(
            Listener.DATA,
            "/v1/models/tiny:predict",
            TinyBodies.v1(List.of(TinyFunction.row(i))),
            "X-Request-Id",
            "mine-" + i);
      }

      run.awaitStored(300);
      JsonNode ledger = run.management("/v1/log/ledger");
      assertThat(ledger.get("seen").longValue()).isEqualTo(300);
      assertThat(ledger.get("exact").booleanValue()).isTrue();
      for (JsonNode sink : ledger.get("sinks")) {
        assertThat(sink.get("balanced").booleanValue()).as("%s", sink).isTrue();
        assertThat(settled(sink) + sink.get("pending").longValue() + sink.get("gaps").longValue())
            .isEqualTo(300);
      }
      Set<String> ids = new TreeSet<>();
      String cursor = "";
      do {
        JsonNode page = run.management("/v1/requests?limit=70&cursor=" + cursor);
        page.get("items")
            .forEach(item -> assertThat(ids.add(item.get("request_id").textValue())).isTrue());
        cursor = page.get("next").textValue();
      } while (!cursor.isEmpty());
      assertThat(ids).hasSize(300);
    }
  }

  private static long settled(JsonNode sink) {
    return sink.get("written").longValue()
        + sink.get("skipped").longValue()
        + sink.get("dead").longValue();
  }

  @Test
  void correlationIds_reused_areTwoEventsOfOurs() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      String body = TinyBodies.v1(List.of(TinyFunction.row(1)));
      String huge = "x".repeat(10_000);
      for (String id : List.of("same", "same", huge)) {
        assertThat(
                run.post(Listener.DATA, "/v1/models/tiny:predict", body, "Ce-Id", id).statusCode())
            .isEqualTo(200);
      }

      run.awaitStored(3);
      JsonNode items = run.management("/v1/requests").get("items");
      assertThat(items.get(1).get("request_id").textValue()).isEqualTo("same");
      assertThat(items.get(2).get("request_id").textValue()).isEqualTo("same");
      assertThat(items.get(1).get("id")).isNotEqualTo(items.get(2).get("id"));
      assertThat(items.get(0).get("request_id").textValue()).hasSizeLessThan(300);
      assertThat(model.predictions().get(2).field("ce-id")).isEqualTo(huge);
    }
  }
}
