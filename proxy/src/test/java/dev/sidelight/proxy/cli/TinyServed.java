package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.http.Listener;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The tiny model and the role in front of it over V1, new for every test. */
abstract class TinyServed {

  /** So many rounds that none of them finishes in time by itself. */
  static final String ENDLESS = "mode=coalition&relativeError=1e-9&rowsMax=2000000";

  @TempDir Path dir;

  TinyModel model;
  ServeRun run;

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

  /** Another start over the same folders. */
  void restart(String... settings) {
    run.close();
    run = ServeRun.start(dir, model.url(), "v1", settings);
  }

  /** A body of one row. */
  static String tiny(int row) {
    return TinyBodies.v1(List.of(TinyFunction.row(row)));
  }

  /** Rows 0 to n - 1 as a model's reference. */
  void tinyReference(String name, int rows) {
    run.putReference(
        name, TinyBodies.csv(IntStream.range(0, rows).mapToObj(TinyFunction::row).toList()));
  }

  void wideReference(String name) {
    run.putReference(name, WideRows.csv(50));
  }

  static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Where an accepted job is found. */
  static String location(HttpResponse<byte[]> accepted) {
    assertThat(accepted.statusCode()).as(ServeRun.text(accepted)).isEqualTo(202);
    return header(accepted, "location");
  }

  JsonNode get(Listener listener, String path) {
    return run.ok(run.get(listener, path));
  }

  JsonNode awaitState(Listener listener, String path, String state) {
    Until.holds(
        () -> state + " of " + get(listener, path),
        () -> get(listener, path).get("state").textValue().equals(state));
    return get(listener, path);
  }

  static void assertProblem(HttpResponse<byte[]> response, int status, String code) {
    assertThat(ServeRun.json(response).path("code").asText())
        .as(ServeRun.text(response))
        .isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
  }

  static void assertProblem(
      HttpResponse<byte[]> response, int status, String code, String pointer) {
    assertProblem(response, status, code);
    assertThat(ServeRun.json(response).at("/errors/0/pointer").asText("")).isEqualTo(pointer);
  }
}
