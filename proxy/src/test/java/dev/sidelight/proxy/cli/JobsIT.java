package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.http.Listener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Explanations as jobs: kept, followed by asking, repeated, stopped, dropped. */
class JobsIT extends TinyServed {

  private JsonNode get(String path) {
    return get(Listener.DATA, path);
  }

  private JsonNode awaitState(String path, String state) {
    return awaitState(Listener.DATA, path, state);
  }

  @Test
  void explain_async_isAcceptedAndFoundUnderItsAddress() {
    tinyReference("tiny", 24);

    HttpResponse<byte[]> accepted =
        run.post(Listener.DATA, "/v1/models/tiny:explain?async=true", tiny(1234));

    assertThat(accepted.statusCode()).as(ServeRun.text(accepted)).isEqualTo(202);
    String location = header(accepted, "location");
    assertThat(location).matches("/v1/explanations/ex_[0-9a-f]{32}");
    JsonNode done = awaitState(location, "done");
    assertThat(done.at("/result/meta/name").textValue()).isEqualTo("KernelShap");
    assertThat(done.at("/links/self").textValue()).isEqualTo(location);
    assertThat(done.at("/progress/done").intValue()).isEqualTo(1);
    assertThat(done.at("/progress/rows").intValue()).isPositive();
    JsonNode other = get(location + "?format=native");
    assertThat(other.at("/result/kind").textValue()).isEqualTo("attribution");
    assertThat(location).endsWith(other.at("/result/id").textValue());
  }

  @Test
  void explain_preferAsync_isAcceptedToo() {
    tinyReference("tiny", 24);

    HttpResponse<byte[]> accepted =
        run.post(
            Listener.DATA, "/v1/models/tiny:explain", tiny(5), "Prefer", "respond-async, wait=5");

    assertThat(accepted.statusCode()).isEqualTo(202);
    awaitState(header(accepted, "location"), "done");
  }

  @Test
  void explain_sync_isKeptAndARepeatAsksTheModelNothing() {
    tinyReference("tiny", 24);
    HttpResponse<byte[]> first = run.post(Listener.DATA, "/v1/models/tiny:explain", tiny(77));
    int calls = model.predictions().size();

    HttpResponse<byte[]> again = run.post(Listener.DATA, "/v1/models/tiny:explain", tiny(77));

    assertThat(model.predictions()).hasSize(calls);
    assertThat(header(again, "content-location")).isEqualTo(header(first, "content-location"));
    assertThat(header(again, "age")).matches("\\d+");
    assertThat(header(first, "age")).isEmpty();
    assertThat(run.ok(again).get("data")).isEqualTo(run.ok(first).get("data"));
    assertThat(run.ok(again).at("/sidelight/age").isIntegralNumber()).isTrue();
    assertThat(get(header(first, "content-location")).get("state").textValue()).isEqualTo("done");
    HttpResponse<byte[]> anew =
        run.post(Listener.DATA, "/v1/models/tiny:explain", tiny(77), "Cache-Control", "no-cache");
    assertThat(header(anew, "content-location")).isNotEqualTo(header(first, "content-location"));
    HttpResponse<byte[]> others =
        run.post(Listener.DATA, "/v1/models/tiny:explain", tiny(77), "Authorization", "Bearer b");
    assertThat(header(others, "age")).as("somebody else's answer").isEmpty();
  }

  @Test
  void explanations_idempotencyKey_repeatsAndRefusesAnotherQuestion() {
    tinyReference("tiny", 24);
    String one = "{\"model\":\"tiny\",\"body\":" + tiny(1) + "}";
    String two = "{\"model\":\"tiny\",\"body\":" + tiny(2) + "}";
    String[] key = {"Idempotency-Key", "mine"};

    HttpResponse<byte[]> first = run.post(Listener.DATA, "/v1/explanations", one, key);
    HttpResponse<byte[]> again = run.post(Listener.DATA, "/v1/explanations", one, key);
    HttpResponse<byte[]> other = run.post(Listener.DATA, "/v1/explanations", two, key);

    assertThat(run.ok(first).get("kind").textValue()).isEqualTo("attribution");
    assertThat(run.ok(again).get("id")).isEqualTo(run.ok(first).get("id"));
    assertProblem(other, 409, "idempotency_conflict");
  }

  @Test
  void explain_dryRun_saysThePriceAndAsksNothing() {
    tinyReference("tiny", 24);
    int calls = model.predictions().size();

    JsonNode price =
        run.ok(run.post(Listener.DATA, "/v1/models/tiny:explain?dry_run=true", tiny(9)));

    assertThat(price.get("dryRun").booleanValue()).isTrue();
    assertThat(price.get("instances").intValue()).isEqualTo(1);
    assertThat(price.get("rows").intValue()).isBetween(24, 24 * 16);
    assertThat(price.get("rowsMax").intValue()).isEqualTo(20_000);
    assertThat(price.get("roundTrips").intValue()).isEqualTo(1);
    assertThat(model.predictions()).hasSize(calls);
  }

  @Test
  void explain_deadlineWithAnEstimate_is200AndSaysSo() {
    wideReference("slow-wide");

    JsonNode answer =
        run.ok(
            run.post(
                Listener.DATA,
                "/v1/models/slow-wide:explain?format=native&deadline=3s&" + ENDLESS,
                WideRows.body(1)));

    assertThat(answer.get("stopped").textValue()).isEqualTo("deadline");
    assertThat(answer.get("features")).hasSize(WideRows.COLUMNS);
  }

  @Test
  void explain_deadlineWithoutAnEstimate_is504WithTheJobsAddress() {
    run.putReference("silent", WideRows.csv(50));

    HttpResponse<byte[]> response =
        run.post(Listener.DATA, "/v1/models/silent:explain?deadline=300ms", WideRows.body(1));

    assertProblem(response, 504, "deadline");
    String path = ServeRun.json(response).get("instance").textValue();
    JsonNode job = get(path);
    assertThat(job.get("state").textValue()).isEqualTo("failed");
    assertThat(job.at("/error/code").textValue()).isEqualTo("deadline");
  }

  @Test
  void job_stopped_keepsTheBestSoFar() {
    wideReference("slow-wide");
    String location = begin("slow-wide", 2);
    Until.holds(
        () -> "a first round of " + get(location),
        () -> get(location).at("/progress/round").intValue() > 0);

    JsonNode stopped = run.ok(run.post(Listener.DATA, location + ":stop", ""));

    assertThat(stopped.get("state").textValue()).isEqualTo("done");
    assertThat(stopped.at("/result/stopped").textValue()).isEqualTo("cancelled");
    assertThat(stopped.at("/result/features")).hasSize(WideRows.COLUMNS);
    assertNoMoreCalls();
  }

  private String begin(String name, long seed) {
    HttpResponse<byte[]> accepted =
        run.post(
            Listener.DATA,
            "/v1/models/" + name + ":explain?async=true&format=native&deadline=10m&" + ENDLESS,
            WideRows.body(seed));
    return location(accepted);
  }

  /** What is under way may end: at most one batch. */
  private void assertNoMoreCalls() {
    int calls = model.predictions().size();
    long until = System.nanoTime() + Duration.ofMillis(5 * TinyModel.SLOW_MILLIS).toNanos();
    Until.holds(() -> "a while", () -> System.nanoTime() > until);
    assertThat(model.predictions().size()).isLessThanOrEqualTo(calls + 1);
  }

  @Test
  void job_stoppedTooEarly_saysThereIsNothingYetAndGoesOn() {
    run.putReference("silent", WideRows.csv(50));
    String location = begin("silent", 3);
    awaitState(location, "running");

    HttpResponse<byte[]> early = run.post(Listener.DATA, location + ":stop", "");

    assertProblem(early, 409, "nothing_yet");
    assertThat(get(location).get("state").textValue()).isEqualTo("running");
  }

  @Test
  void job_deleted_isCancelledWithinABatch() {
    wideReference("slow-wide");
    String location = begin("slow-wide", 4);
    Until.holds(() -> "calls", () -> model.predictions().size() > 2);

    HttpResponse<byte[]> deleted = run.send("DELETE", Listener.DATA, location, new byte[0]);

    assertThat(deleted.statusCode()).isEqualTo(204);
    JsonNode job = awaitState(location, "cancelled");
    assertThat(job.has("result")).isFalse();
    assertNoMoreCalls();
  }

  @Test
  void explain_clientGone_endsItsCallsWithinABatch() throws Exception {
    wideReference("slow-wide");
    HttpClient client = HttpClient.newHttpClient();
    String path = "/v1/models/slow-wide:explain?deadline=40s&" + ENDLESS;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + run.port(Listener.DATA) + path))
            .POST(HttpRequest.BodyPublishers.ofString(WideRows.body(5)))
            .build();
    CompletableFuture<HttpResponse<Void>> sent =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    Until.holds(() -> "calls", () -> model.predictions().size() > 2);

    sent.cancel(true);
    client.shutdownNow();

    Until.holds(
        () -> "no job runs",
        () -> run.metric("sidelight_explanation_jobs{state=\"running\"}") == 0);
    assertNoMoreCalls();
  }

  @Test
  void job_unknownOrMalformed_is404AndOfTheLogOnlyOnManagement() {
    assertProblem(
        run.get(Listener.DATA, "/v1/explanations/ex_" + "0".repeat(32)),
        404,
        "explanation_unknown");
    assertProblem(run.get(Listener.DATA, "/v1/explanations/1"), 404, "explanation_unknown");
    assertProblem(
        run.post(Listener.DATA, "/v1/explanations/ex_" + "0".repeat(32) + ":stop", ""),
        404,
        "explanation_unknown");
    assertProblem(
        run.post(
            Listener.DATA,
            "/v1/explanations",
            "{\"requestId\":\"0199f5f0-0000-7000-8000-000000000001\"}"),
        403,
        "management_only");
    assertProblem(
        run.post(Listener.DATA, "/v1/models/tiny:explain?async=perhaps", tiny(1)),
        400,
        "parameter_range");
    assertProblem(
        run.send(
            "DELETE",
            Listener.DATA,
            "/v1/explanations/ex_" + "0".repeat(32),
            new byte[0],
            "Origin",
            "http://elsewhere"),
        403,
        "origin_not_allowed");
  }

  @Test
  void explanation_ofALoggedRequest_isFoundAgainAfterARestartOnManagementOnly() throws Exception {
    tinyReference("tiny", 24);
    run.post(Listener.DATA, "/v1/models/tiny:predict", tiny(3));
    run.awaitStored(1);
    String id = run.management("/v1/requests").at("/items/0/id").textValue();
    JsonNode made =
        run.ok(run.post(Listener.MANAGEMENT, "/v1/explanations", "{\"requestId\":\"" + id + "\"}"));
    String path = "/v1/explanations/" + made.get("id").textValue();
    assertThat(made.at("/requestId").textValue()).isEqualTo(id);
    assertThat(run.management(path).get("state").textValue()).isEqualTo("done");
    assertProblem(run.get(Listener.DATA, path), 404, "explanation_unknown");
    Until.holds(
        () -> "the explanation beside its request",
        () -> run.management("/v1/requests/" + id).get("explanations").size() == 1);

    restart();

    JsonNode kept = run.management(path);
    assertThat(kept.get("state").textValue()).isEqualTo("done");
    assertThat(kept.at("/result/features")).isEqualTo(made.get("features"));
    assertProblem(run.get(Listener.DATA, path), 404, "explanation_unknown");
    assertThat(run.management("/v1/requests/" + id).at("/explanations/0/id"))
        .isEqualTo(made.get("id"));
    assertProblem(run.get(Listener.MANAGEMENT, path + "?format=alibi"), 400, "format_unsupported");
  }

  @Test
  void job_dropped_leavesNothingInTheLog() {
    wideReference("slow-wide");
    run.post(Listener.DATA, "/v1/models/slow-wide:predict", WideRows.body(1));
    run.awaitStored(1);
    String id = run.management("/v1/requests").at("/items/0/id").textValue();
    String location =
        location(
            run.post(
                Listener.MANAGEMENT,
                "/v1/explanations?async=true&deadline=10m&" + ENDLESS,
                "{\"requestId\":\"" + id + "\"}"));
    Until.holds(
        () -> "a first round", () -> run.management(location).at("/progress/round").intValue() > 0);

    run.send("DELETE", Listener.MANAGEMENT, location, new byte[0]);

    awaitState(Listener.MANAGEMENT, location, "cancelled");
    restart();
    assertProblem(run.get(Listener.MANAGEMENT, location), 404, "explanation_unknown");
    assertThat(run.management("/v1/requests/" + id).get("explanations")).isEmpty();
  }

  @Test
  void explain_manyRowsInTurn_theCallEndsInItsTime() {
    restart("explain.workers", "1", "explain.sync-deadline", "3s");
    wideReference("slow-wide");
    long begun = System.nanoTime();

    JsonNode answer =
        run.ok(
            run.post(
                Listener.DATA,
                "/v1/models/slow-wide:explain?format=native&deadline=3s&mode=coalition"
                    + "&relativeError=1e-9&rowsMax=1000000",
                WideRows.body(1, 3)));

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    assertThat(answer.get("explanations")).hasSize(3);
    assertThat(answer.get("explanations").findValuesAsText("stopped")).containsOnly("deadline");
    assertThat(answer.get("explanations").findValuesAsText("code"))
        .isNotEmpty()
        .isSubsetOf("deadline", "quota_exceeded");
  }

  @Test
  void job_thatWaitsForRoom_takesNobodysTurn() {
    restart("explain.workers", "2", "explain.rows-running-max", "100000");
    wideReference("slow-wide");
    tinyReference("tiny", 24);
    String first = begin("slow-wide", 1);
    awaitState(first, "running");
    String second = begin("slow-wide", 2);

    HttpResponse<byte[]> other =
        run.post(Listener.DATA, "/v1/models/tiny:explain?deadline=20s", tiny(4));
    HttpResponse<byte[]> third =
        run.post(Listener.DATA, "/v1/models/slow-wide:explain", WideRows.body(3));

    assertThat(other.statusCode()).as(ServeRun.text(other)).isEqualTo(200);
    assertThat(get(second).get("state").textValue()).isEqualTo("queued");
    assertProblem(third, 429, "quota_exceeded");
    assertThat(header(third, "retry-after")).matches("[1-9]\\d*");
    assertThat(ServeRun.text(third)).contains("100000", "0 are free");
    run.send("DELETE", Listener.DATA, first, new byte[0]);
    awaitState(second, "running");
  }
}
