package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.http.Listener;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs over the log: all requests of a filter, importance, and what-if. */
class LogJobsIT extends TinyServed {

  @BeforeEach
  void reference() {
    tinyReference("tiny", 24);
  }

  private void predict(int requests) {
    for (int i = 0; i < requests; i++) {
      run.post(
          Listener.DATA,
          "/v1/models/tiny:predict",
          TinyBodies.v1(List.of(TinyFunction.row(i))),
          "X-Request-Id",
          "id-" + i);
    }
    run.awaitStored(requests);
  }

  private JsonNode awaitDone(HttpResponse<byte[]> accepted) {
    assertThat(accepted.statusCode()).as(ServeRun.text(accepted)).isEqualTo(202);
    String path = accepted.headers().firstValue("location").orElseThrow();
    Until.holds(
        () -> "done " + run.management(path),
        () ->
            !List.of("queued", "running").contains(run.management(path).get("state").textValue()));
    JsonNode job = run.management(path);
    assertThat(job.get("state").textValue()).as("%s", job).isEqualTo("done");
    return job;
  }

  @Test
  void explanations_ofAFilter_areOneJobAndLieBesideTheirRequests() {
    predict(12);

    JsonNode job =
        awaitDone(
            run.post(
                Listener.MANAGEMENT,
                "/v1/explanations",
                "{\"model\":\"tiny\",\"filter\":\"latency < 60s\",\"limit\":10}"));

    JsonNode result = job.get("result");
    assertThat(result.get("kind").textValue()).isEqualTo("batch");
    assertThat(result.get("explanations")).hasSize(10);
    assertThat(result.get("complete").booleanValue()).isTrue();
    assertThat(job.at("/progress/done").intValue()).isEqualTo(10);
    assertThat(job.at("/progress/instances").intValue()).isEqualTo(10);
    Set<String> requests = new HashSet<>();
    for (JsonNode each : result.get("explanations")) {
      String request = each.get("requestId").textValue();
      requests.add(request);
      Until.holds(
          () -> "the explanation of " + request,
          () -> run.management("/v1/requests/" + request).get("explanations").size() == 1);
      assertThat(
              run.management("/v1/explanations/" + each.get("id").textValue()).at("/result/kind"))
          .hasToString("\"attribution\"");
    }
    assertThat(requests).hasSize(10);
  }

  @Test
  void explanations_badFilters_areProblemsAtOnce() {
    predict(1);
    String path = "/v1/explanations";

    assertProblem(
        run.post(
            Listener.MANAGEMENT, path, "{\"model\":\"tiny\",\"filter\":\"status = 200 or x\"}"),
        400,
        "query_syntax");
    assertProblem(
        run.post(Listener.MANAGEMENT, path, "{\"model\":\"tiny\",\"filter\":\"status = 503\"}"),
        404,
        "request_unknown");
    assertProblem(
        run.post(Listener.MANAGEMENT, path, "{\"model\":\"tiny\",\"filter\":\"\",\"limit\":10001}"),
        422,
        "explain_too_large");
    assertProblem(
        run.post(
            Listener.MANAGEMENT,
            path,
            "{\"model\":\"tiny\",\"filter\":\"\",\"parameters\":{\"rowMax\":1}}"),
        400,
        "parameter_unknown");
    assertProblem(
        run.post(Listener.MANAGEMENT, path, "{\"model\":\"none\",\"filter\":\"\"}"),
        404,
        "model_unknown");
    assertProblem(
        run.post(Listener.DATA, path, "{\"model\":\"tiny\",\"filter\":\"\"}"),
        403,
        "management_only");
  }

  @Test
  void importance_ofTraffic_isTheMeanOfItsExplanationsAndNothingIsAskedTwice() {
    predict(40);

    JsonNode job =
        awaitDone(
            run.post(
                Listener.MANAGEMENT, "/v1/models/tiny/importance", "{\"requests\":30,\"seed\":9}"));

    JsonNode result = job.get("result");
    assertThat(result.get("kind").textValue()).isEqualTo("importance");
    assertThat(result.get("explained").intValue()).isEqualTo(30);
    assertThat(result.get("features")).hasSize(4);
    double before = Double.POSITIVE_INFINITY;
    for (JsonNode feature : result.get("features")) {
      double sum = 0;
      for (JsonNode point : feature.get("points")) {
        sum += Math.abs(point.get("attribution").doubleValue());
      }
      assertThat(feature.get("points")).hasSize(30);
      assertThat(feature.get("meanAbs").doubleValue()).isEqualTo(sum / 30, within(1e-9 * sum));
      assertThat(feature.get("meanAbs").doubleValue()).isLessThanOrEqualTo(before);
      before = feature.get("meanAbs").doubleValue();
      assertThat(feature.get("stdError").doubleValue()).isPositive();
      assertThat(feature.has("noiseFloor")).isTrue();
    }
    String point = result.at("/features/0/points/0/requestId").textValue();
    Until.holds(
        () -> "the explanation beside its request",
        () -> run.management("/v1/requests/" + point).get("explanations").size() == 1);
    assertThat(run.management("/v1/models/tiny/importance").get("id")).isEqualTo(job.get("id"));

    int calls = model.predictions().size();
    JsonNode again =
        awaitDone(
            run.post(
                Listener.MANAGEMENT,
                "/v1/models/tiny/importance",
                "{\"requests\":30,\"seed\":9}",
                "Cache-Control",
                "no-cache"));

    assertThat(model.predictions()).as("all of it lies in the log").hasSize(calls);
    assertThat(again.at("/result/features/0/meanAbs")).isEqualTo(result.at("/features/0/meanAbs"));
  }

  @Test
  void importance_cutOffByAStop_goesOnAfterTheRestart() throws Exception {
    run.putReference("slow-wide", WideRows.csv(50));
    for (int i = 0; i < 12; i++) {
      run.post(Listener.DATA, "/v1/models/slow-wide:predict", WideRows.body(i));
    }
    run.awaitStored(12);
    HttpResponse<byte[]> accepted =
        run.post(Listener.MANAGEMENT, "/v1/models/slow-wide/importance", "{\"requests\":12}");
    String path = accepted.headers().firstValue("location").orElseThrow();
    Until.holds(
        () -> "begun " + run.management(path),
        () -> run.management(path).get("state").textValue().equals("running"));

    restart();

    Until.holds(
        () -> "done " + run.management(path),
        () -> run.management(path).get("state").textValue().equals("done"));
    assertThat(run.management(path).at("/result/explained").intValue()).isEqualTo(12);
  }

  @Test
  void importance_badBodies_areRefused() {
    String path = "/v1/models/tiny/importance";
    assertProblem(run.get(Listener.MANAGEMENT, path), 404, "explanation_unknown");
    assertProblem(run.post(Listener.MANAGEMENT, path, "{\"requests\":5}"), 400, "parameter_range");
    assertProblem(run.post(Listener.MANAGEMENT, path, "{\"rows\":5}"), 400, "member_unknown");
    assertProblem(run.post(Listener.MANAGEMENT, path, "{\"filter\":\";\"}"), 400, "query_syntax");
  }

  @Test
  void whatIf_changedRow_isOneSyntheticCallBesideTheLoggedAnswer() {
    predict(1);
    String id = run.management("/v1/requests").at("/items/0/id").textValue();
    int calls = model.predictions().size();

    JsonNode answer =
        run.ok(
            run.post(
                Listener.MANAGEMENT,
                "/v1/models/tiny:whatIf?requestId=" + id,
                TinyBodies.v1(List.of(TinyFunction.row(5)))));

    assertThat(Double.parseDouble(answer.at("/prediction/prediction").textValue()))
        .isEqualTo(TinyFunction.f(TinyFunction.row(5)), within(1e-9));
    assertThat(Double.parseDouble(answer.at("/original/prediction").textValue()))
        .isEqualTo(TinyFunction.f(TinyFunction.row(0)), within(1e-9));
    assertThat(model.predictions().size()).isBetween(calls + 1, calls + 2); // and the noise probe
    assertThat(model.predictions().get(calls).field("x-sidelight-synthetic")).isEqualTo("true");
    assertThat(run.sink("embedded").get("written").longValue()).isEqualTo(1);
    assertProblem(
        run.post(
            Listener.MANAGEMENT,
            "/v1/models/tiny:whatIf?requestId=" + id + "&row=1",
            TinyBodies.v1(List.of(TinyFunction.row(5)))),
        400,
        "parameter_range");
    assertProblem(
        run.post(
            Listener.MANAGEMENT,
            "/v1/models/tiny:whatIf",
            TinyBodies.v1(List.of(TinyFunction.row(5), TinyFunction.row(6)))),
        400,
        "rows_too_many");
  }

  @Test
  void explanations_oneRequestThatCannotBe_isNamedAmongTheOthers() {
    predict(3);
    String odd = TinyBodies.v1(List.of(TinyFunction.row(9))).replace("]]", ",5.5]]");
    assertThat(run.post(Listener.DATA, "/v1/models/tiny:predict", odd).statusCode()).isEqualTo(200);
    run.awaitStored(4);

    JsonNode job =
        awaitDone(
            run.post(
                Listener.MANAGEMENT, "/v1/explanations", "{\"model\":\"tiny\",\"filter\":\"\"}"));

    JsonNode each = job.at("/result/explanations");
    assertThat(each).hasSize(4);
    assertThat(job.at("/result/failed").intValue()).isEqualTo(1);
    assertThat(each.findValuesAsText("code")).containsExactly("shape_mismatch");
    assertThat(new HashSet<>(each.findValuesAsText("requestId"))).hasSize(4);
  }
}
