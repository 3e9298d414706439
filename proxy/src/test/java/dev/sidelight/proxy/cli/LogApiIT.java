package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.proxy.http.Listener;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log, its tail, probes and metrics over HTTP. */
class LogApiIT {

  @TempDir Path dir;

  private static void predict(ServeRun run, int row, String... headers) {
    run.post(
        Listener.DATA,
        "/v1/models/tiny:predict",
        TinyBodies.v1(List.of(TinyFunction.row(row))),
        headers);
  }

  @Test
  void requests_filterAndPages_giveEachOnce() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      for (int i = 0; i < 20; i++) {
        predict(run, i, "X-Request-Id", "id-" + i);
      }
      run.get(Listener.DATA, "/v1/models/tiny"); // not an inference: not kept
      run.awaitStored(20);

      List<String> ids = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page =
            run.management("/v1/requests?limit=7&filter=status%20%3D%20200&cursor=" + cursor);
        page.get("items").forEach(item -> ids.add(item.get("request_id").textValue()));
        cursor = page.get("next").textValue();
      } while (!cursor.isEmpty());

      assertThat(ids)
          .containsExactlyElementsOf(
              IntStream.iterate(19, i -> i >= 0, i -> i - 1).mapToObj(i -> "id-" + i).toList());
      String other = run.management("/v1/requests?limit=7").get("next").textValue();
      HttpResponse<byte[]> mismatch =
          run.get(Listener.MANAGEMENT, "/v1/requests?filter=status%20%3D%20200&cursor=" + other);
      assertThat(ServeRun.json(mismatch).get("code").textValue()).isEqualTo("cursor_mismatch");
      long expected = IntStream.range(0, 20).filter(i -> TinyFunction.row(i).b() > 3).count();
      JsonNode decoded = run.management("/v1/requests?filter=features.f1%20%3E%203&limit=50");
      assertThat(decoded.get("items")).hasSize((int) expected);
    }
  }

  @Test
  void tail_newRequests_comeAndResumeAfterTheLastId() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      predict(run, 0, "X-Request-Id", "before");
      run.awaitStored(1);
      String seq = run.management("/v1/requests").at("/items/0/seq").asText();

      try (Stream<String> lines = run.lines("/v1/requests/stream", "Last-Event-ID", seq).body()) {
        predict(run, 1, "X-Request-Id", "one");
        predict(run, 2, "X-Request-Id", "two");
        Iterator<String> iterator = lines.iterator();
        assertThat(next(iterator).get("request_id").textValue()).isEqualTo("one");
        assertThat(next(iterator).get("request_id").textValue()).isEqualTo("two");
      }
      try (Stream<String> lines = run.lines("/v1/requests/stream", "Last-Event-ID", seq).body()) {
        Iterator<String> iterator = lines.iterator();
        assertThat(next(iterator).get("request_id").textValue()).isEqualTo("one");
      }
      HttpResponse<Stream<String>> empty =
          run.lines("/v1/requests/stream?filter=request_id%20%3D%20three");
      try (Stream<String> lines = empty.body()) {
        assertThat(empty.headers().firstValue("content-type")).contains("text/event-stream");
        predict(run, 3, "X-Request-Id", "three");
        assertThat(next(lines.iterator()).get("request_id").textValue()).isEqualTo("three");
      }
    }
  }

  @Test
  void tail_manyAtOnce_isRefusedAboveTheBoundAndHeadHoldsNone() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      for (int i = 0; i < 40; i++) {
        byte[] none = new byte[0];
        assertThat(run.send("HEAD", Listener.MANAGEMENT, "/v1/requests/stream", none).statusCode())
            .isEqualTo(200);
      }
      List<Stream<String>> open = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        HttpResponse<Stream<String>> tail = run.lines("/v1/requests/stream");
        assertThat(tail.statusCode()).isEqualTo(200);
        open.add(tail.body());
      }

      HttpResponse<byte[]> refused = run.get(Listener.MANAGEMENT, "/v1/requests/stream");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(ServeRun.json(refused).get("code").textValue()).isEqualTo("too_many_tails");
      open.forEach(Stream::close);
      Until.holds(
          () -> "room for a tail",
          () ->
              run.send("HEAD", Listener.MANAGEMENT, "/v1/requests/stream", new byte[0]).statusCode()
                  == 200);
    }
  }

  /** The data of the next event. */
  private static JsonNode next(Iterator<String> lines) throws IOException {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("data:")) {
        return new ObjectMapper().readTree(line.substring(5));
      }
    }
    throw new AssertionError("the stream ended");
  }

  @Test
  void probes_readyAndMetrics_holdNoPayload() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v2")) {
      run.putReference(
          "tiny", TinyBodies.csv(IntStream.range(0, 20).mapToObj(TinyFunction::row).toList()));
      predict(run, 1);
      run.post(
          Listener.DATA, "/v1/models/tiny:explain", TinyBodies.v1(List.of(TinyFunction.row(2))));
      run.awaitStored(1);
      Until.holds(() -> "ready", () -> run.get(Listener.PROBES, "/readyz").statusCode() == 200);

      assertThat(run.get(Listener.PROBES, "/livez").statusCode()).isEqualTo(200);
      HttpResponse<byte[]> metrics = run.get(Listener.PROBES, "/metrics");

      assertThat(ServeRun.text(metrics))
          .contains("sidelight_log_seen_total 1")
          .contains(
              "sidelight_explanations_total{model=\"tiny\",method=\"exact\",outcome=\"exact\"} 1")
          .contains("sidelight_log_events_total{sink=\"embedded\",result=\"written\"} 1")
          .doesNotContain("blank  s");
      assertThat(run.get(Listener.PROBES, "/v1/requests").statusCode()).isEqualTo(404);
      assertThat(run.get(Listener.DATA, "/v1/requests").statusCode()).isEqualTo(404);
      promtool(metrics.body());
    }
  }

  private void promtool(byte[] metrics) throws Exception {
    Path file = Files.write(dir.resolve("metrics.txt"), metrics);
    Process check;
    try {
      check =
          new ProcessBuilder("promtool", "check", "metrics")
              .redirectInput(file.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      System.out.println("promtool is not on the PATH: the metrics were not checked with it");
      assumeTrue(false, "promtool is not on the PATH");
      return;
    }
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }

  @Test
  void readiness_deadServer_isNotReadyAndSaysWho() throws Exception {
    TinyModel model = TinyModel.start();
    try (ServeRun run = ServeRun.start(dir, model.url(), "v2")) {
      Until.holds(() -> "ready", () -> run.get(Listener.PROBES, "/readyz").statusCode() == 200);

      model.close();

      Until.holds(() -> "not ready", () -> run.get(Listener.PROBES, "/readyz").statusCode() == 503);
      assertThat(ServeRun.text(run.get(Listener.PROBES, "/readyz?verbose")))
          .contains("backend upstream does not answer");
      assertThat(run.get(Listener.PROBES, "/livez").statusCode()).isEqualTo(200);
      HttpResponse<byte[]> explain =
          run.post(
              Listener.DATA,
              "/v2/models/tiny/explain",
              TinyBodies.v2(List.of(TinyFunction.row(1))));
      assertThat(explain.statusCode()).isEqualTo(404); // nobody answers for this name
    }
  }

  @Test
  void canary_inBodyHeaderAndToken_isInNoLogMetricOrProblem() throws Exception {
    Recorder logs = new Recorder();
    Logger root = Logger.getLogger("");
    root.addHandler(logs);
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      run.putReference(
          "html", TinyBodies.csv(IntStream.range(0, 20).mapToObj(TinyFunction::row).toList()));
      String[] headers = {
        "Authorization", "Bearer kanarie", "X-Odd", "kanarie", "Cookie", "kanarie"
      };
      List<String> answers = new ArrayList<>();
      for (String body :
          List.of(
              "{\"instances\":[[1,2,\"kanarie\",3]]}",
              "{\"instances\":[[1,2,\"kanarie\"",
              "{\"instances\":[[1,2,\"kanarie\",1e999]]}",
              "{\"instances\":[[1,2,\"kanarie\"]]}",
              "{\"instances\":[[\"kanarie\",\"kanarie\",\"kanarie\",\"kanarie\"]]}")) {
        for (String path :
            List.of(
                "/v1/models/html:explain", "/v1/models/tiny:explain", "/v2/models/tiny/explain")) {
          answers.add(ServeRun.text(run.post(Listener.DATA, path, body, headers)));
        }
        run.post(Listener.DATA, "/v1/models/tiny:predict", body, headers);
      }
      run.awaitStored(1);
      answers.add(ServeRun.text(run.get(Listener.PROBES, "/metrics")));
      answers.add(ServeRun.text(run.get(Listener.PROBES, "/readyz?verbose")));

      assertThat(answers).noneMatch(answer -> answer.contains("kanarie"));
      JsonNode kept = run.management("/v1/requests");
      String id = kept.at("/items/0/id").textValue();
      assertThat(run.management("/v1/requests/" + id).get("headers").toString())
          .doesNotContain("kanarie");
    } finally {
      root.removeHandler(logs);
    }
    assertThat(logs.lines).noneMatch(line -> line.contains("kanarie"));
  }

  private static final class Recorder extends Handler {
    private final List<String> lines = java.util.Collections.synchronizedList(new ArrayList<>());

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage() + " " + line.getThrown());
    }

    @Override
    public void flush() {
      // nothing is held back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
