package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.cli.ScriptedModel.Labels;
import dev.sidelight.proxy.cli.ScriptedModel.Refused;
import dev.sidelight.proxy.cli.ScriptedModel.Scores;
import dev.sidelight.proxy.cli.ScriptedModel.Script;
import dev.sidelight.proxy.cli.TinyFunction.Row;
import dev.sidelight.proxy.http.Listener;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that merge badly, refuse batches or single rows, or answer oddly: the values are those of
 * enumeration all the same, or the problem says what is wrong.
 */
class OddBackendsIT {

  /** Of the background. */
  private static final int ROWS = 24;

  private static final Row X = TinyFunction.row(1234);

  @TempDir Path dir;

  private static List<Row> background() {
    return IntStream.range(0, ROWS).mapToObj(TinyFunction::row).toList();
  }

  private static Row row(List<Object> columns) {
    return new Row(
        (double) columns.get(0),
        (long) (double) columns.get(1),
        (String) columns.get(2),
        (double) columns.get(3));
  }

  private static double f(List<Object> columns) {
    return TinyFunction.f(row(columns));
  }

  private static Scores scores(List<List<Object>> rows, ToDoubleFunction<List<Object>> f) {
    return new Scores(
        "score",
        rows.stream().map(r -> new double[] {f.applyAsDouble(r)}).toArray(double[][]::new));
  }

  private HttpResponse<byte[]> explain(
      Script script, String protocol, String query, String... settings) throws Exception {
    try (ScriptedModel model = ScriptedModel.start(script);
        ServeRun run = ServeRun.start(dir, model.url(), protocol, settings)) {
      run.putReference("odd", TinyBodies.csv(background()));
      return run.post(
          Listener.DATA,
          protocol.equals("v1")
              ? "/v1/models/odd:explain" + query
              : "/v2/models/odd/explain" + query,
          protocol.equals("v1") ? TinyBodies.v1(List.of(X)) : TinyBodies.v2(List.of(X)));
    }
  }

  private static JsonNode ok(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(ServeRun.text(response)).isEqualTo(200);
    return ServeRun.json(response);
  }

  private static void assertValues(
      JsonNode document, List<Row> background, ToDoubleFunction<Row> model) {
    double[] expected = TinyFunction.shapley(background, X, model);
    assertThat(document.get("baseline").doubleValue()).isCloseTo(expected[0], within(1e-6));
    Map<String, Double> values = new HashMap<>();
    for (JsonNode feature : document.get("features")) {
      values.put(feature.get("name").textValue(), feature.get("attribution").doubleValue());
    }
    for (int c = 0; c < 4; c++) {
      assertThat(values.get(TinyFunction.NAMES.get(c)))
          .as(TinyFunction.NAMES.get(c))
          .isCloseTo(expected[c + 1], within(1e-6));
    }
  }

  /** MLServer, BentoML and Ray fail all rows of a call for one of them. */
  @ParameterizedTest
  @CsvSource({"v1,500", "v2,500", "v1,400", "v2,422"})
  void oneBadRow_failsTheCall_itsBackgroundRowLeavesAndTheRestIsExact(String protocol, int status)
      throws Exception {
    double bad = TinyFunction.row(5).a();
    Script script =
        rows ->
            rows.stream().anyMatch(r -> (double) r.get(0) == bad)
                ? new Refused(status)
                : scores(rows, OddBackendsIT::f);

    JsonNode answer = ok(explain(script, protocol, "?format=native"));

    List<Row> left = background().stream().filter(r -> r.a() != bad).toList();
    assertThat(left).hasSize(ROWS - 1);
    assertThat(answer.at("/reference/dropped").intValue()).isEqualTo(1);
    assertThat(answer.get("exact").booleanValue()).as("a row was left out").isFalse();
    assertValues(answer, left, TinyFunction::f);
  }

  @ParameterizedTest
  @CsvSource({"v1,0", "v2,0", "v1,1"})
  void nanForOneRow_itsBackgroundRowLeaves_alsoInCallsOfOneRow(String protocol, String size)
      throws Exception {
    double bad = TinyFunction.row(5).a();
    Script script = rows -> scores(rows, r -> (double) r.get(0) == bad ? Double.NaN : f(r));

    JsonNode answer =
        ok(explain(script, protocol, "?format=native", "explain.batch-rows-max", size));

    assertThat(answer.at("/reference/dropped").intValue()).isEqualTo(1);
    assertValues(answer, background().stream().filter(r -> r.a() != bad).toList(), TinyFunction::f);
  }

  @ParameterizedTest
  @CsvSource({"v1,413", "v2,413", "v1,400", "v2,400", "v2,500"})
  void moreThanSixteenRows_areRefused_exactAllTheSame(String protocol, int status)
      throws Exception {
    JsonNode answer =
        ok(
            explain(
                rows -> rows.size() > 16 ? new Refused(status) : scores(rows, OddBackendsIT::f),
                protocol,
                "?format=native"));

    assertThat(answer.get("exact").booleanValue()).isTrue();
    assertThat(answer.at("/reference/dropped").intValue()).isZero();
    assertValues(answer, background(), TinyFunction::f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void labelsOnly_areExplainedByTheIndicatorOfTheSaidOne(String protocol) throws Exception {
    Script script =
        rows -> new Labels(rows.stream().map(r -> "class " + (char) ('a' + bucket(f(r)))).toList());

    JsonNode answer = ok(explain(script, protocol, "?format=native"));

    int own = bucket(TinyFunction.f(X));
    assertThat(answer.at("/target/label").textValue()).isEqualTo("class " + (char) ('a' + own));
    assertThat(answer.get("prediction").doubleValue()).isEqualTo(1);
    assertValues(answer, background(), r -> bucket(TinyFunction.f(r)) == own ? 1 : 0);
  }

  /** Of ten classes. */
  private static int bucket(double f) {
    return Math.clamp((int) Math.floor(f / 25) + 3, 0, 9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void aRowTooFew_isTheBackendsFault(String protocol) throws Exception {
    HttpResponse<byte[]> response =
        explain(
            rows -> scores(rows.subList(0, Math.max(1, rows.size() - 1)), OddBackendsIT::f),
            protocol,
            "");

    assertThat(ServeRun.json(response).get("code").textValue()).isEqualTo("backend_bad_response");
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(ServeRun.text(response)).contains("rows");
  }

  @Test
  void outputNamesThatChange_areTheBackendsFault() throws Exception {
    int[] calls = {0};
    HttpResponse<byte[]> response =
        explain(
            rows -> new Scores("score" + calls[0]++, scores(rows, OddBackendsIT::f).rows()),
            "v2",
            "?mode=coalition",
            "explain.batch-rows-max",
            "16");

    assertThat(ServeRun.json(response).get("code").textValue()).isEqualTo("backend_bad_response");
    assertThat(ServeRun.text(response)).contains("outputs");
  }

  @Test
  void anOutputThatIsNotThere_isNamedWithThoseThatAre() throws Exception {
    HttpResponse<byte[]> response =
        explain(rows -> scores(rows, OddBackendsIT::f), "v2", "?output=probabilities");

    assertThat(response.statusCode()).as(ServeRun.text(response)).isBetween(400, 422);
    assertThat(ServeRun.text(response)).contains("score").contains("probabilities");
  }

  @Test
  void everyRowRefused_saysSo() throws Exception {
    HttpResponse<byte[]> refused = explain(rows -> new Refused(400), "v1", "");
    HttpResponse<byte[]> noNumbers =
        explain(rows -> scores(rows, r -> Double.POSITIVE_INFINITY), "v2", "");

    assertThat(ServeRun.json(refused).get("code").textValue()).isEqualTo("backend_refused");
    assertThat(ServeRun.json(noNumbers).get("code").textValue()).isEqualTo("backend_bad_response");
    assertThat(noNumbers.statusCode()).isEqualTo(502);
  }

  @Test
  void aVersionInThePath_isTheOneThatIsAsked() throws Exception {
    try (ScriptedModel model = ScriptedModel.start(rows -> scores(rows, OddBackendsIT::f));
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      run.putReference("odd", TinyBodies.csv(background()));

      ok(run.post(Listener.DATA, "/v1/models/odd/versions/3:explain", TinyBodies.v1(List.of(X))));
      ok(run.post(Listener.DATA, "/v2/models/odd/versions/4/explain", TinyBodies.v2(List.of(X))));

      assertThat(model.paths())
          .containsOnly("/v1/models/odd/versions/3:predict", "/v2/models/odd/versions/4/infer");
    }
  }

  @Test
  void anAddressThatIsDown_isPassedOver() throws Exception {
    String dead;
    try (ScriptedModel gone = ScriptedModel.start(rows -> new Refused(500))) {
      dead = gone.url();
    }
    try (ScriptedModel model = ScriptedModel.start(rows -> scores(rows, OddBackendsIT::f));
        ServeRun run = ServeRun.start(dir, dead + "," + model.url(), "v1")) {
      run.putReference("odd", TinyBodies.csv(background()));

      JsonNode answer =
          ok(
              run.post(
                  Listener.DATA,
                  "/v1/models/odd:explain?format=native",
                  TinyBodies.v1(List.of(X))));

      assertThat(answer.get("exact").booleanValue()).isTrue();
      assertValues(answer, background(), TinyFunction::f);
    }
  }
}
