package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** A backend that is not there, and comes back. */
class HealthIT {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String PREDICT = RawClient.post("/v1/models/m:predict", "{}");
  private static final String CIRCUIT = "sidelight_circuit_state{backend=\"upstream\"}";

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void closedPort_circuitOpensAfterFiveAndClosesAgain() throws Exception {
    int port = closedPort();
    try (TestServer server = TestServer.of(port).start();
        RawClient client = RawClient.to(server.port())) {
      for (int i = 1; i <= 5; i++) {
        assertThat(server.metric(CIRCUIT)).as("before request %d", i).isZero();
        client.send(PREDICT);
        RawClient.Response response = client.response();
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.body()).contains("backend_unreachable");
      }
      assertThat(server.metric(CIRCUIT)).isEqualTo(1);
      assertThat(server.metric("sidelight_retries_total{reason=\"connect\"}")).isEqualTo(5);

      try (RawBackend backend = RawBackend.start(port, RawBackend.answering(OK))) {
        Await.until(
            "probes close the circuit",
            () -> server.metric(CIRCUIT) == 0 && server.server().isReady());
        client.send(PREDICT);
        assertThat(client.response().body()).isEqualTo("ok");
        assertThat(backend.connections()).hasSize(1);
      }
    }
  }

  @Test
  void healthPath_isAskedByGet() throws Exception {
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(backend.port()).healthPath("/v2/health/ready").start()) {
      Await.until("probed", () -> !backend.connections().isEmpty());
      Await.until("whole head", () -> backend.connections().get(0).received().endsWith("\r\n\r\n"));
      assertThat(backend.connections().get(0).received())
          .startsWith("GET /v2/health/ready HTTP/1.1\r\n");
      assertThat(server.server().isReady()).isTrue();
    }
  }

  @Test
  void twoAddresses_theDeadOneIsPassedOver() throws Exception {
    int dead = closedPort();
    try (RawBackend backend = RawBackend.start(RawBackend.answering(OK));
        TestServer server = TestServer.of(dead, backend.port()).start();
        RawClient client = RawClient.to(server.port())) {
      for (int i = 0; i < 20; i++) {
        client.send(PREDICT);
        assertThat(client.response().status()).isEqualTo(200);
      }
    }
  }
}
