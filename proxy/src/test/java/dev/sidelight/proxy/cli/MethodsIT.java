package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.http.Listener;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Anchors, rules and counterfactuals through the whole service. */
class MethodsIT extends TinyServed {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonNode explain(String query, int row) {
    return run.ok(run.post(Listener.DATA, "/v1/models/labels:explain?" + query, tiny(row)));
  }

  @Test
  void anchor_everyFormat_isTheSameRuleAndAuditedAgain() throws Exception {
    tinyReference("labels", 600);

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
    check.set("row", JSON.readTree(tiny(7)));
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
      run.post(Listener.DATA, "/v1/models/labels:predict", tiny(i));
    }
    run.awaitSeen("labels", 60);

    HttpResponse<byte[]> response =
        run.post(Listener.DATA, "/v1/models/labels:explain?method=anchor", tiny(7));

    assertProblem(response, 409, "reference_not_ready", "");
    assertThat(ServeRun.text(response)).contains("500 rows");
  }

  @Test
  void ruleCheck_badBodies_areRefusedWithTheirPlace() {
    tinyReference("labels", 600);
    String path = "/v1/models/labels/rules:check";
    String row = tiny(7);

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
      run.post(Listener.DATA, "/v1/models/labels:predict", tiny(i));
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
            Listener.DATA, "/v1/models/labels:explain?method=counterfactual&format=alibi", tiny(7)),
        400,
        "format_unsupported",
        "/parameters/format");
  }

  @Test
  void reference_largeFile_isAskedOnceAndKeptInProportion() {
    tinyReference("labels", 600);

    JsonNode first = explain("format=native", 7);

    assertThat(first.at("/reference/from").textValue()).isEqualTo("file");
    double share = 0;
    for (int i = 0; i < 600; i++) {
      share +=
          TinyFunction.f(TinyFunction.row(i)) > 10 == TinyFunction.f(TinyFunction.row(7)) > 10
              ? 1 / 600.0
              : 0;
    }
    assertThat(first.get("baseline").doubleValue())
        .as("the share of the row's own class, to a row of a hundred")
        .isCloseTo(share, within(0.0101));
    JsonNode second = explain("format=native", 8);
    assertThat(second.at("/reference/id")).isEqualTo(first.at("/reference/id"));
    restart();
    JsonNode third = explain("format=native", 7);
    assertThat(third.at("/reference/id")).isEqualTo(first.at("/reference/id"));
    assertThat(third.get("features")).isEqualTo(first.get("features"));
  }
}
