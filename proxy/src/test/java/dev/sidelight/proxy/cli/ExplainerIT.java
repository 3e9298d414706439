package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The role as KServe's controller starts it: a process of its own, in front of a real predictor.
 */
class ExplainerIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private TinyModel model;

  @BeforeEach
  void startModel() throws IOException {
    model = TinyModel.start();
  }

  @AfterEach
  void stopModel() throws IOException {
    model.close();
    client.shutdownNow();
  }

  /** What the controller appends to the user's own arguments, and a flag of its next version. */
  private ServeProcess start(String protocol, int predictor, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "explainer",
                "--predictor_protocol=" + protocol,
                "--http_port=1",
                "--model_name",
                "tiny",
                "--predictor_host",
                "127.0.0.1:" + predictor,
                "--http_port",
                "0",
                "--workers",
                "2",
                "--of_the_next_version",
                "7",
                "--ofAnother=x",
                "stray",
                "--listeners.data.host=127.0.0.1",
                "--listeners.management.port=0",
                "--listeners.probes.port=0",
                "--reference.dir=" + dir.resolve("kept")));
    arguments.addAll(List.of(more));
    return ServeProcess.start(arguments);
  }

  private JsonNode ask(int status, String method, String url, String body, String type)
      throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(url + " " + answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private JsonNode get(int status, String url) throws Exception {
    return ask(status, "GET", url, "", "text/plain");
  }

  private JsonNode post(int status, String url, String body) throws Exception {
    return ask(status, "POST", url, body, "application/json");
  }

  private void awaitReady(ServeProcess role) {
    Until.holds(
        () -> "ready, " + role.said(),
        () -> {
          try {
            return client
                    .send(
                        HttpRequest.newBuilder(URI.create(role.dataUrl() + "/v2/health/ready"))
                            .build(),
                        HttpResponse.BodyHandlers.discarding())
                    .statusCode()
                == 200;
          } catch (IOException | InterruptedException e) {
            return false;
          }
        });
  }

  private static String csv() {
    return TinyBodies.csv(IntStream.range(0, 60).mapToObj(TinyFunction::row).toList());
  }

  private static String v1(int... numbers) {
    return TinyBodies.v1(IntStream.of(numbers).mapToObj(TinyFunction::row).toList());
  }

  @Test
  void controllersArguments_v1_explainAndPassOnAndTellHealth() throws Exception {
    try (ServeProcess role = start("v1", model.port())) {
      assertThat(role.said())
          .contains("unknown flag --of_the_next_version is ignored")
          .contains("unknown flag --ofAnother is ignored")
          .contains("argument 'stray' is ignored");
      String data = role.dataUrl();
      awaitReady(role);

      JsonNode none = post(409, data + "/v1/models/tiny:explain", v1(3));
      assertThat(none.get("code").textValue()).isEqualTo("reference_not_ready");
      assertThat(none.get("hint").textValue())
          .contains(role.url("management") + "/v1/models/tiny/reference")
          .contains("let predictions pass through this address")
          .contains("/mnt/models/reference.csv");

      ask(200, "PUT", role.url("management") + "/v1/models/tiny/reference", csv(), "text/csv");
      JsonNode explained = post(200, data + "/v1/models/tiny:explain", v1(3));
      assertThat(explained.at("/meta/name").textValue()).isEqualTo("KernelShap");
      assertThat(explained.at("/sidelight/exact").booleanValue()).isTrue();
      assertThat(model.predictions())
          .allMatch(call -> call.field("x-sidelight-synthetic").equals("true"));
      assertThat(post(200, data + "/v1/models/tiny:predict", v1(3)).get("predictions")).hasSize(1);
      JsonNode job =
          post(200, data + "/v1/explanations", "{\"model\":\"tiny\",\"body\":" + v1(4) + "}");
      assertThat(get(200, data + job.at("/links/self").textValue()).get("state").textValue())
          .isEqualTo("done");

      assertThat(get(200, data + "/").get("status").textValue()).isEqualTo("alive");
      assertThat(get(200, data + "/v1/models").toString()).isEqualTo("{\"models\":[\"tiny\"]}");
      assertThat(get(200, data + "/v1/models/tiny").get("ready").booleanValue()).isTrue();
      assertThat(get(200, data + "/v2/health/live").get("live").booleanValue()).isTrue();
      assertThat(get(200, data + "/v2/models/tiny/ready").get("ready").booleanValue()).isTrue();
      assertThat(get(404, data + "/v1/models/other").get("code").textValue())
          .isEqualTo("model_unknown");
      assertThat(role.stop()).isZero();
    }
  }

  @Test
  void passingRows_v2_becomeTheReference() throws Exception {
    try (ServeProcess role = start("v2", model.port())) {
      awaitReady(role);
      String infer = role.dataUrl() + "/v2/models/tiny/infer";
      post(200, infer, TinyBodies.v2(IntStream.range(0, 60).mapToObj(TinyFunction::row).toList()));
      String reference = role.url("management") + "/v1/models/tiny/reference";
      Until.holds(
          () -> "rows seen",
          () -> {
            try {
              return get(200, reference).get("seen").intValue() == 60;
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
      String row = TinyBodies.v2(List.of(TinyFunction.row(3)));

      assertThat(post(200, role.dataUrl() + "/v2/models/tiny/explain", row).has("data")).isTrue();
      JsonNode mlserver = post(200, role.dataUrl() + "/v2/models/tiny-explainer/infer", row);
      assertThat(mlserver.at("/outputs/0/name").textValue()).isEqualTo("explanation");
    }
  }

  @Test
  void predictorNotThere_startsAllTheSameAndGetsReadyWithIt() throws Exception {
    int port = model.port();
    model.close();
    try (ServeProcess role = start("v1", port)) {
      String data = role.dataUrl();
      assertThat(get(200, data + "/v2/health/live").get("live").booleanValue()).isTrue();
      Until.holds(() -> "not ready, ", () -> isNotReady(data));
      assertThat(get(503, data + "/v1/models/tiny").get("ready").booleanValue()).isFalse();
      model = TinyModel.start(port);
      awaitReady(role);
      assertThat(get(200, data + "/v1/models/tiny").get("ready").booleanValue()).isTrue();
    }
  }

  private boolean isNotReady(String data) {
    try {
      return !get(503, data + "/v2/health/ready").get("ready").booleanValue();
    } catch (Exception | AssertionError e) {
      return false;
    }
  }

  @Test
  void artefacts_besideTheModel_areTheReferenceFromTheStart() throws Exception {
    Files.writeString(dir.resolve("reference.csv"), csv());
    Files.writeString(dir.resolve("schema.json"), "{not a schema");
    try (ServeProcess role = start("v1", model.port(), "--reference.artefacts=" + dir)) {
      awaitReady(role);

      JsonNode answer = post(200, role.dataUrl() + "/v1/models/tiny:explain?format=native", v1(5));

      assertThat(answer.at("/reference/from").textValue()).isEqualTo("file");
      Until.holds(() -> role.said(), () -> role.said().contains("schema.json cannot be used"));
    }
  }
}
