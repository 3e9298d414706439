package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.http.Listener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations as jobs: kept, followed by asking, repeated, stopped, dropped. */
class JobsIT {

  /** So many rounds that none of them finishes in time by itself. */
  private static final String ENDLESS = "mode=coalition&relativeError=1e-9&rowsMax=2000000";

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

  private static String tiny(int row) {
    return TinyBodies.v1(List.of(TinyFunction.row(row)));
  }

  private void tinyReference() {
    run.putReference(
        "tiny",
        TinyBodies.csv(
            java.util.stream.IntStream.range(0, 24).mapToObj(TinyFunction::row).toList()));
  }

  private void wideReference(String name) {
    run.putReference(name, WideRows.csv(50));
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private JsonNode get(String path) {
    return run.ok(run.get(Listener.DATA, path));
  }

  private JsonNode awaitState(String path, String state) {
    Until.holds(
        () -> state + " of " + get(path), () -> get(path).get("state").textValue().equals(state));
    return get(path);
  }

  private static void assertProblem(HttpResponse<byte[]> response, int status, String code) {
    assertThat(ServeRun.json(response).path("code").asText())
        .as(ServeRun.text(response))
        .isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void explain_async_isAcceptedAndFoundUnderItsAddress() {
    tinyReference();

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
    tinyReference();

    HttpResponse<byte[]> accepted =
        run.post(
            Listener.DATA, "/v1/models/tiny:explain", tiny(5), "Prefer", "respond-async, wait=5");

    assertThat(accepted.statusCode()).isEqualTo(202);
    awaitState(header(accepted, "location"), "done");
  }

  @Test
  void explain_sync_isKeptAndARepeatAsksTheModelNothing() {
    tinyReference();
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
    tinyReference();
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
    tinyReference();
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
    assertThat(accepted.statusCode()).as(ServeRun.text(accepted)).isEqualTo(202);
    return header(accepted, "location");
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
    tinyReference();
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

    run.close();
    run = ServeRun.start(dir, model.url(), "v1");

    JsonNode kept = run.management(path);
    assertThat(kept.get("state").textValue()).isEqualTo("done");
    assertThat(kept.at("/result/features")).isEqualTo(made.get("features"));
    assertProblem(run.get(Listener.DATA, path), 404, "explanation_unknown");
    assertThat(run.management("/v1/requests/" + id).at("/explanations/0/id"))
        .isEqualTo(made.get("id"));
    assertProblem(run.get(Listener.MANAGEMENT, path + "?format=alibi"), 400, "format_unsupported");
  }
}
