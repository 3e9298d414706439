package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.cli.TinyFunction.Row;
import dev.sidelight.proxy.http.Listener;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anchors, rules and counterfactuals through the whole service. */
class MethodsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;

  private TinyModel model;
  private ServeRun run;

  @BeforeEach
  void start() throws Exception {
    model = TinyModel.start();
    run = ServeRun.start(dir, model.url(), "v1");
  }

  @AfterEach
  void stop() throws Exception {
    run.close();
    model.close();
  }

  private static List<Row> rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(TinyFunction::row).toList();
  }

  private static String body(int row) {
    return TinyBodies.v1(List.of(TinyFunction.row(row)));
  }

  private JsonNode explain(String query, int row) {
    return run.ok(run.post(Listener.DATA, "/v1/models/labels:explain?" + query, body(row)));
  }

  private static void assertProblem(
      HttpResponse<byte[]> response, int status, String code, String pointer) {
    JsonNode problem = ServeRun.json(response);
    assertThat(problem.path("code").asText()).as(ServeRun.text(response)).isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(problem.at("/errors/0/pointer").asText("")).isEqualTo(pointer);
  }

  @Test
  void anchor_everyFormat_isTheSameRuleAndAuditedAgain() throws Exception {
    run.putReference("labels", TinyBodies.csv(rows(0, 600)));

    JsonNode own = explain("method=anchor&format=native&seed=3", 7);
    JsonNode alibi = explain("method=anchor&seed=3", 7);
    JsonNode kserve = explain("method=anchor&format=kserve-alibi&seed=3", 7);

    assertThat(own.get("kind").textValue()).isEqualTo("anchor");
    assertThat(own.get("sentence").textValue()).isNotEmpty();
    assertThat(own.get("precision").doubleValue()).isBetween(0.0, 1.0);
    assertThat(own.get("coverageOf").textValue()).isEqualTo("traffic");
    assertThat(own.at("/reference/rows").intValue()).isEqualTo(600);
    assertThat(alibi.at("/meta/name").textValue()).isEqualTo("AnchorTabular");
    assertThat(alibi.at("/data/precision")).isEqualTo(own.get("precision"));
    assertThat(kserve.get("names")).isEqualTo(alibi.at("/data/anchor"));
    assertThat(kserve.get("raw").get("coverage")).isEqualTo(alibi.at("/data/raw/coverage"));
    for (int i = 0; i < own.get("predicates").size(); i++) {
      assertThat(alibi.at("/data/anchor/" + i)).isEqualTo(own.at("/predicates/" + i + "/text"));
    }

    ObjectNode check = JSON.createObjectNode();
    check.set("row", JSON.readTree(body(7)));
    check.set("predicates", own.get("predicates"));
    JsonNode audit =
        run.ok(
            run.post(
                Listener.DATA, "/v1/models/labels/rules:check?format=native", check.toString()));

    assertThat(audit.get("method").textValue()).isEqualTo("rule");
    assertThat(audit.get("coverage")).isEqualTo(own.get("coverage"));
    assertThat(audit.get("predicates")).hasSameSizeAs(own.get("predicates"));
  }

  @Test
  void anchor_fewRowsOfTraffic_saysHowManyAreNeeded() {
    for (int i = 0; i < 60; i++) {
      run.post(Listener.DATA, "/v1/models/labels:predict", body(i));
    }
    run.awaitSeen("labels", 60);

    HttpResponse<byte[]> response =
        run.post(Listener.DATA, "/v1/models/labels:explain?method=anchor", body(7));

    assertProblem(response, 409, "reference_not_ready", "");
    assertThat(ServeRun.text(response)).contains("500 rows");
  }

  @Test
  void ruleCheck_badBodies_areRefusedWithTheirPlace() {
    run.putReference("labels", TinyBodies.csv(rows(0, 600)));
    String path = "/v1/models/labels/rules:check";
    String row = body(7);

    assertProblem(
        run.post(Listener.DATA, path, "{\"row\":" + row + "}"),
        400,
        "member_missing",
        "/predicates");
    assertProblem(
        run.post(Listener.DATA, path, "{\"predicates\":[]}"), 400, "member_missing", "/row");
    assertProblem(
        run.post(
            Listener.DATA,
            path,
            "{\"row\":"
                + row
                + ",\"predicates\":[{\"feature\":\"a\",\"op\":\">\",\"low\":\"x\"}]}"),
        400,
        "value_type",
        "/predicates/0/low");
    assertProblem(
        run.post(Listener.DATA, path, "{\"row\":{\"instances\":[[1]]},\"predicates\":[]}"),
        400,
        "shape_mismatch",
        "/row/instances/0");
    assertThat(
            run.post(
                    Listener.DATA,
                    path,
                    "{\"row\":"
                        + row
                        + ",\"predicates\":[{\"feature\":\"a\",\"op\":\">\",\"low\":1e6}]}")
                .statusCode())
        .as("a rule that is not true of the row")
        .isEqualTo(400);
  }

  @Test
  void counterfactual_overTraffic_namesTheRequestItStartedFrom() {
    for (int i = 0; i < 120; i++) {
      run.post(Listener.DATA, "/v1/models/labels:predict", body(i));
    }
    run.awaitStored(120);
    run.awaitSeen("labels", 120);

    JsonNode answer = explain("method=counterfactual", 7);

    assertThat(answer.get("kind").textValue()).isEqualTo("counterfactual");
    assertThat(answer.get("success").booleanValue()).isTrue();
    JsonNode first = answer.at("/answers/0");
    assertThat(first.get("changes").size()).isPositive();
    assertThat(first.at("/prediction/label")).isNotEqualTo(answer.at("/prediction/label"));
    String request = first.get("nearestRequestId").textValue();
    assertThat(run.management("/v1/requests/" + request).get("model").textValue())
        .isEqualTo("labels");
    assertProblem(
        run.post(
            Listener.DATA, "/v1/models/labels:explain?method=counterfactual&format=alibi", body(7)),
        400,
        "format_unsupported",
        "/parameters/format");
  }
}
