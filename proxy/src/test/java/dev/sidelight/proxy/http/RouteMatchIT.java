package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

/** Host, method, path, then fields; and where the model's name comes from. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class RouteMatchIT {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static String post(String host, String path, String fields) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\n"
        + fields
        + "Content-Length: 2\r\n"
        + "\r\n{}";
  }

  private static String modelOf(TestServer server, int event) {
    Await.until("event " + event, () -> server.events().size() > event);
    return server.events().get(event).event().model().model();
  }

  @Test
  void hostPathAndFields_chooseTheModel() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port())
                .withoutFallback()
                .file(
                    """
                    backends: {b: {}}
                    models:
                      any: {backend: b, profile: raw}
                      own: {backend: b, profile: raw}
                      zone: {backend: b, profile: raw}
                      gold: {backend: b, profile: raw}
                    routes:
                      - {path: /score, model: any}
                      - {path: /score, host: "*.example.org", model: zone}
                      - {path: /score, host: a.example.org, model: own}
                      - {path: /score, headers: [x-tier=gold], model: gold}
                    """)
                .start();
        RawClient client = RawClient.to(server.port())) {
      String[][] expected = {
        {"h", "", "any"},
        {"b.example.org:8080", "", "zone"},
        {"A.Example.ORG.:80", "", "own"},
        {"example.org", "", "any"},
        {"h", "X-Tier: gold\r\n", "gold"},
        {"h", "X-Tier: Gold\r\n", "any"},
        {"h", "", "any"},
      };
      for (int i = 0; i < expected.length; i++) {
        client.send(post(expected[i][0], "/score", expected[i][1]));
        assertThat(client.response().status()).isEqualTo(200);

        assertThat(modelOf(server, i)).as("request %d", i).isEqualTo(expected[i][2]);
      }
    }
  }

  @Test
  void openai_severalModels_theHeaderTellsThemApart() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port())
                .withoutFallback()
                .file(
                    """
                    backends: {b: {}}
                    models: {small: {backend: b, profile: openai}, large: {backend: b, profile: openai}}
                    """)
                .start();
        RawClient client = RawClient.to(server.port())) {
      client.send(post("h", "/v1/chat/completions", "Seldon-Model: large\r\n"));
      assertThat(client.response().status()).isEqualTo(200);
      client.send(post("h", "/v1/chat/completions", "KServe-Isvc-Name: small\r\n"));
      assertThat(client.response().status()).isEqualTo(200);
      client.send(post("h", "/v1/chat/completions", ""));

      RawClient.Response nameless = client.response();

      assertThat(nameless.status()).isEqualTo(404);
      assertThat(nameless.body()).contains("route_unknown").contains("/v1/chat/completions");
      assertThat(modelOf(server, 0)).isEqualTo("large");
      assertThat(modelOf(server, 1)).isEqualTo("small");
      assertThat(server.events().get(0).event().call().protocol()).isEqualTo("openai");
    }
  }

  @Test
  void modelName_fromHeader_whereNeitherPathNorRouteHasOne() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server =
            TestServer.of(backend.port())
                .profile(dev.sidelight.proxy.config.Profile.OPENAI)
                .start();
        RawClient client = RawClient.to(server.port())) {
      for (String model : new String[] {"a", "b", "b"}) {
        client.send(post("h", "/v1/embeddings", "seldon-model: " + model + "\r\n"));
        client.response();
      }
      client.send(post("h", "/v1/embeddings", ""));
      client.response();

      assertThat(modelOf(server, 3)).isEmpty();
      assertThat(modelOf(server, 0)).isEqualTo("a");
      assertThat(modelOf(server, 2)).isEqualTo("b");
      assertThat(
              server.metric(
                  "sidelight_requests_total{model=\"b\",variant=\"\","
                      + "protocol=\"openai\",outcome=\"success\"}"))
          .isEqualTo(2);
    }
  }

  @Test
  void ownAnswers_carryTheDate() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).withoutFallback().start();
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/nowhere", "{}"));

      RawClient.Response ours = client.response();

      Instant date =
          ZonedDateTime.parse(ours.field("date"), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      assertThat(Duration.between(date, Instant.now()))
          .isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(10));
      client.send(RawClient.post("/v1/models/m:predict", "{}"));
      assertThat(client.response().field("date")).isEmpty(); // the backend's answer is its own
    }
  }
}
