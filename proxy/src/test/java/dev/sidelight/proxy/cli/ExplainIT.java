package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.cli.TinyFunction.Row;
import dev.sidelight.proxy.http.Listener;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations through the whole service, beside Shapley values by enumeration. */
class ExplainIT {

  private static final double EXACT = 1e-9;

  @TempDir Path dir;

  private static List<Row> rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(TinyFunction::row).toList();
  }

  @Test
  void explain_v1OverAFile_isTheShapleyValues() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      List<Row> background = rows(0, 24);
      JsonNode put = run.putReference("tiny", TinyBodies.csv(background));
      Row x = TinyFunction.row(1234);

      JsonNode answer = explainV1(run, List.of(x));

      assertThat(put.get("from").textValue()).isEqualTo("file");
      assertThat(put.get("rows").intValue()).isEqualTo(24);
      assertIsShapley(answer, 0, background, x, TinyFunction::f);
      assertThat(answer.at("/data/raw/raw_prediction/0").doubleValue())
          .isEqualTo(TinyFunction.f(x), within(EXACT));
      assertThat(answer.at("/data/feature_names/2").textValue()).isEqualTo("c");
      assertThat(answer.at("/meta/task").textValue()).isEqualTo("regression");
      assertThat(answer.at("/sidelight/exact").booleanValue()).isTrue();
      assertThat(answer.at("/sidelight/additivity_gap").doubleValue()).isLessThan(EXACT);
    }
  }

  @Test
  void explain_v2OverAFile_isTheShapleyValuesOfEveryOutput() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v2")) {
      List<Row> background = rows(0, 24);
      run.putReference("tiny", TinyBodies.csv(background));
      Row x = TinyFunction.row(1235);

      JsonNode answer =
          run.ok(run.post(Listener.DATA, "/v2/models/tiny/explain", TinyBodies.v2(List.of(x))));

      assertIsShapley(answer, 0, background, x, row -> 1 - TinyFunction.probability(row));
      assertIsShapley(answer, 1, background, x, TinyFunction::probability);
      assertThat(answer.at("/data/raw/raw_prediction/0/1").doubleValue())
          .isEqualTo(TinyFunction.probability(x), within(EXACT));
      assertThat(answer.at("/meta/task").textValue()).isEqualTo("classification");
    }
  }

  @Test
  void explain_overTheLog_isTheShapleyValuesAlsoAfterARestart() throws Exception {
    try (TinyModel model = TinyModel.start()) {
      List<Row> background = rows(0, 60);
      Row x = new Row(2.5, 1L << 53 | 1, TinyFunction.LABELS.get(0), 0.125);
      JsonNode before;
      try (ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
        HttpResponse<byte[]> early =
            run.post(Listener.DATA, "/v1/models/tiny:explain", TinyBodies.v1(List.of(x)));
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(ServeRun.json(early).get("code").textValue()).isEqualTo("reference_not_ready");
        assertThat(ServeRun.json(early).at("/errors/0/expected").textValue()).isEqualTo("50 rows");
        assertThat(ServeRun.json(early).get("hint").textValue())
            .contains(
                "http://127.0.0.1:" + run.port(Listener.MANAGEMENT) + "/v1/models/tiny/reference");

        for (int i = 0; i < 60; i += 4) {
          run.post(
              Listener.DATA,
              "/v1/models/tiny:predict",
              TinyBodies.v1(background.subList(i, i + 4)));
        }
        run.awaitSeen("tiny", 60);
        before = explainV1(run, List.of(x));
        assertIsShapley(before, 0, background, x, TinyFunction::f);
        assertThat(before.at("/sidelight/reference/from").textValue()).isEqualTo("log");
      }

      try (ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
        JsonNode after = explainV1(run, List.of(x));

        assertThat(after.at("/data/shap_values")).isEqualTo(before.at("/data/shap_values"));
        assertThat(after.at("/sidelight/reference")).isEqualTo(before.at("/sidelight/reference"));
        assertThat(after.at("/sidelight/seed")).isEqualTo(before.at("/sidelight/seed"));
      }
    }
  }

  @Test
  void explain_loggedRequest_doesNotAskTheModelForItsRowAgain() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      run.putReference("tiny", TinyBodies.csv(rows(0, 24)));
      Row x = new Row(77.5, 123_456_789L, TinyFunction.LABELS.get(0), 0.125);
      run.post(Listener.DATA, "/v1/models/tiny:predict", TinyBodies.v1(List.of(x)));
      run.awaitStored(1);
      String id = run.management("/v1/requests").at("/items/0/id").textValue();
      int before = model.predictions().size();

      JsonNode answer =
          run.ok(
              run.post(Listener.MANAGEMENT, "/v1/explanations", "{\"requestId\":\"" + id + "\"}"));

      assertThat(answer.get("prediction").doubleValue())
          .isEqualTo(TinyFunction.f(x), within(EXACT));
      assertThat(rowsEqualTo(model, before, x)).as("rows that are x at the model").isZero();
      int between = model.predictions().size();
      Row y = new Row(78.5, 123_456_789L, TinyFunction.LABELS.get(0), 0.125);
      explainV1(run, List.of(y));
      assertThat(rowsEqualTo(model, between, y)).as("a row nobody asked before").isPositive();
    }
  }

  private static long rowsEqualTo(TinyModel model, int from, Row row) {
    String body = TinyBodies.v1(List.of(row));
    String text = body.substring(body.indexOf("[[") + 1, body.lastIndexOf(']')); // as it is written
    return model.predictions().stream()
        .skip(from)
        .map(seen -> new String(seen.body(), java.nio.charset.StandardCharsets.UTF_8))
        .filter(asked -> asked.contains(text))
        .count();
  }

  @Test
  void explain_severalRows_eachAsIfAlone() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      run.putReference("tiny", TinyBodies.csv(rows(0, 24)));
      List<Row> asked = rows(100, 132);

      JsonNode together = explainV1(run, asked).get("explanations");

      assertThat(together).hasSize(32);
      for (int i = 0; i < 32; i += 8) {
        JsonNode alone = explainV1(run, List.of(asked.get(i)));
        assertThat(together.get(i).get("data")).isEqualTo(alone.get("data"));
      }
    }
  }

  @Test
  void explain_labelsOnly_isTheIndicatorOfTheLabel() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      List<Row> background = rows(0, 24);
      run.putReference("labels", TinyBodies.csv(background));
      Row x = TinyFunction.row(3);
      String label = TinyFunction.f(x) > 10 ? "more <" : "less é";

      JsonNode answer =
          run.ok(
              run.post(
                  Listener.DATA,
                  "/v1/models/labels:explain?format=native",
                  TinyBodies.v1(List.of(x))));

      assertThat(answer.at("/target/label").textValue()).isEqualTo(label);
      double[] expected =
          TinyFunction.shapley(
              background, x, row -> (TinyFunction.f(row) > 10) == label.equals("more <") ? 1 : 0);
      for (JsonNode feature : answer.get("features")) {
        int column = TinyFunction.NAMES.indexOf(feature.get("name").textValue());
        assertThat(feature.get("attribution").doubleValue())
            .isEqualTo(expected[column + 1], within(EXACT));
      }
      assertThat(answer.get("sentence").textValue()).contains("The model says " + label);
    }
  }

  @Test
  void explanations_ofALoggedId_areThoseOfTheSentRow() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v2")) {
      run.putReference("tiny", TinyBodies.csv(rows(0, 24)));
      String body = TinyBodies.v2(rows(40, 43));
      run.post(Listener.DATA, "/v2/models/tiny/infer", body);
      run.awaitStored(1);
      String id = run.management("/v1/requests").at("/items/0/id").textValue();

      JsonNode logged =
          run.ok(
              run.post(
                  Listener.MANAGEMENT,
                  "/v1/explanations",
                  "{\"requestId\":\"" + id + "\",\"row\":1}"));
      JsonNode sent =
          run.ok(run.post(Listener.MANAGEMENT, "/v2/models/tiny/explain?format=native", body));

      JsonNode same = sent.at("/explanations/1");
      for (String part : List.of("features", "baseline", "prediction", "seed", "sentence")) {
        assertThat(logged.get(part)).as(part).isEqualTo(same.get(part));
      }
      Until.holds(
          () -> "the explanation beside its request",
          () -> run.management("/v1/requests/" + id).get("explanations").size() == 1);
      JsonNode kept = run.management("/v1/requests/" + id).at("/explanations/0");
      assertThat(kept.get("features")).isEqualTo(logged.get("features"));
      assertThat(kept.get("row").intValue()).isEqualTo(1);

      JsonNode again = repeat(run, logged, body);
      assertThat(again.get("features")).isEqualTo(logged.get("features"));
    }
  }

  /** Asks what {@code reproduce} says. */
  private static JsonNode repeat(ServeRun run, JsonNode logged, String body) {
    JsonNode reproduce = logged.get("reproduce");
    String query =
        "?format=native&seed=%s&mode=%s&rowsMax=%s"
            .formatted(
                reproduce.get("seed").asText(),
                reproduce.get("mode").textValue(),
                reproduce.at("/budget/rowsMax").asText());
    return run.ok(run.post(Listener.DATA, "/v2/models/tiny/explain" + query, body))
        .at("/explanations/1");
  }

  @Test
  void explain_schemaPutLater_typesTheFileAnew() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      List<Row> background = rows(0, 24);
      run.putReference("tiny", TinyBodies.csv(background));
      String schema =
          """
          {"features":[{"name":"a","kind":"numeric"},{"name":"b","kind":"numeric"},
            {"name":"c","kind":"categorical","labels":["plain","<script>"]},
            {"name":"d","kind":"numeric"}],"outputs":["<b>score"]}\
          """;
      run.ok(
          run.send(
              "PUT",
              Listener.MANAGEMENT,
              "/v1/models/tiny/schema",
              schema.getBytes(java.nio.charset.StandardCharsets.UTF_8),
              "Content-Type",
              "application/json"));
      Row x = TinyFunction.row(1234);

      JsonNode answer = explainV1(run, List.of(x));

      assertIsShapley(answer, 0, background, x, TinyFunction::f);
      assertThat(answer.at("/data/categorical_names/2/1").textValue()).isEqualTo("<script>");
    }
  }

  private static JsonNode explainV1(ServeRun run, List<Row> rows) {
    return run.ok(run.post(Listener.DATA, "/v1/models/tiny:explain", TinyBodies.v1(rows)));
  }

  private static void assertIsShapley(
      JsonNode alibi, int output, List<Row> background, Row x, ToDoubleFunction<Row> f) {
    double[] expected = TinyFunction.shapley(background, x, f);
    assertThat(alibi.at("/data/expected_value/" + output).doubleValue())
        .isEqualTo(expected[0], within(EXACT * Math.max(1, Math.abs(expected[0]))));
    List<Double> values = new ArrayList<>();
    alibi.at("/data/shap_values/" + output + "/0").forEach(v -> values.add(v.doubleValue()));
    assertThat(values).hasSize(4);
    double sum = alibi.at("/data/expected_value/" + output).doubleValue();
    double size = Math.max(1, Math.abs(f.applyAsDouble(x)));
    for (int i = 0; i < 4; i++) {
      assertThat(values.get(i)).as("column %d", i).isEqualTo(expected[i + 1], within(EXACT * size));
      sum += values.get(i);
    }
    assertThat(sum).isEqualTo(f.applyAsDouble(x), within(EXACT * size));
  }
}
