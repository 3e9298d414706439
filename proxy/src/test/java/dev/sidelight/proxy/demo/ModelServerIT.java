package dev.sidelight.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelServerIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INFER = "/v2/models/income/infer";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Census census = Census.load();
  private final ModelServer server =
      ModelServer.start(vertx, 0, ModelLatency.NONE)
          .toCompletionStage()
          .toCompletableFuture()
          .join();

  @BeforeAll
  void listens() {
    assertThat(server.port()).isPositive();
  }

  @BeforeEach
  void isFast() {
    server.setLatency(ModelLatency.NONE);
  }

  @AfterAll
  void stop() {
    server.close().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    client.close();
  }

  @Test
  void infer_oneRow() throws IOException, InterruptedException {
    byte[] body = RequestBody.v2("one", List.of(census.row(2)));

    HttpResponse<byte[]> answer = send(request(INFER, body));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(JSON.readTree(answer.body()).path("id").asText()).isEqualTo("one");
  }

  @Test
  void infer_thousandsOfRows_inOrder() throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      rows.add(census.row(i));
    }

    JsonNode all = JSON.readTree(send(request(INFER, RequestBody.v2("all", rows))).body());
    JsonNode last =
        JSON.readTree(
            send(request(INFER, RequestBody.v2("last", rows.subList(5_999, 6_000)))).body());

    assertThat(all.path("outputs").path(0).path("shape")).hasToString("[6000,2]");
    assertThat(all.path("outputs").path(0).path("data").path(11_999))
        .isEqualTo(last.path("outputs").path(0).path("data").path(1));
  }

  @Test
  void faultHeader_is503() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(INFER))
            .header(ModelServer.FAULT_HEADER, "any")
            .POST(BodyPublishers.ofByteArray(RequestBody.v2("x", List.of(census.row(0)))))
            .build();

    HttpResponse<byte[]> answer = send(request);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(answer.body()).path("error").asText()).isNotEmpty();
  }

  @Test
  void malformedJson_is400_andTheConnectionLives() throws IOException, InterruptedException {
    assertThat(send(request(INFER, new byte[] {'{'})).statusCode()).isEqualTo(400);
    assertThat(send(HttpRequest.newBuilder(uri("/v2/health/ready")).build()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void latency_isKept_forPredictionsOnly() throws IOException, InterruptedException {
    server.setLatency(new ModelLatency(200_000, 0));
    byte[] body = RequestBody.v1(List.of(census.row(0)));

    long start = System.nanoTime();
    assertThat(send(request("/v1/models/income:predict", body)).statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - start).isGreaterThan(195_000_000L);

    server.setLatency(new ModelLatency(60_000_000, 0));
    assertThat(send(request(INFER, new byte[0])).statusCode()).isEqualTo(400); // or wait a minute
  }

  private HttpRequest request(String path, byte[] body) {
    return HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofByteArray(body)).build();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofByteArray());
  }
}
