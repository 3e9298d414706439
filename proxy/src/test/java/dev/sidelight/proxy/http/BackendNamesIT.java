package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A backend given by a name: all of its addresses serve. */
class BackendNamesIT {

  private static final String PREDICT = RawClient.post("/v1/models/m:predict", "{}");

  private static InetAddress loopback(int last) throws Exception {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private static RawBackend.Behaviour saying(String body) {
    return RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + body);
  }

  @Test
  void allAddresses_areUsed_andOneThatDiesIsPassedOver() throws Exception {
    try (RawBackend one = RawBackend.start(loopback(1), 0, saying("1"));
        RawBackend two = RawBackend.start(loopback(2), one.port(), saying("2"));
        TestServer server =
            TestServer.of(one.port())
                .named("model.test", name -> new InetAddress[] {loopbackOf(1), loopbackOf(2)})
                .start();
        RawClient client = RawClient.to(server.port())) {
      StringBuilder seen = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        seen.append(client.send(PREDICT).response().body());
      }
      assertThat(seen).contains("1").contains("2");
      assertThat(one.connections().get(0).received()).contains("Host: model.test:" + one.port());

      two.stop();
      Await.until("only the living one", () -> answersWith(client, "1"));
      for (int i = 0; i < 30; i++) {
        assertThat(client.send(PREDICT).response().status()).isIn(200, 502);
      }
    }
  }

  private static InetAddress loopbackOf(int last) {
    try {
      return loopback(last);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void allAddressesOut_areTriedAllTheSame() throws Exception {
    int port;
    try (RawBackend one = RawBackend.start(loopback(1), 0, saying("1"))) {
      port = one.port();
    }
    try (TestServer server =
            TestServer.of(port)
                .named("model.test", name -> new InetAddress[] {loopbackOf(1), loopbackOf(2)})
                .health(Backend.Health.NONE)
                .start();
        RawClient client = RawClient.to(server.port())) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.send(PREDICT).response().status()).isEqualTo(502);
      }
      assertThat(server.metric("sidelight_circuit_state{backend=\"upstream\"}")).isPositive();

      try (RawBackend back = RawBackend.start(loopback(1), port, saying("1"))) {
        // no circuit has to close first: both are out, so both are asked
        assertThat(client.send(PREDICT).response().body()).isEqualTo("1");
        assertThat(back.connections()).hasSize(1);
      }
    }
  }

  @Test
  void unknownName_isAnUnreachableBackend_untilItIsKnown() throws Exception {
    AtomicBoolean known = new AtomicBoolean();
    try (RawBackend one = RawBackend.start(loopback(1), 0, saying("1"));
        TestServer server =
            TestServer.of(one.port())
                .named(
                    "model.test",
                    name -> {
                      if (!known.get()) {
                        throw new UnknownHostException(name);
                      }
                      return new InetAddress[] {loopbackOf(1)};
                    })
                .start();
        RawClient client = RawClient.to(server.port())) {
      RawClient.Response before = client.send(PREDICT).response();

      assertThat(before.status()).isEqualTo(502);
      assertThat(before.body()).contains("backend_unreachable");
      known.set(true);
      Await.until("asked again", () -> answersWith(client, "1"));
    }
  }

  private static boolean answersWith(RawClient client, String body) {
    try {
      return client.send(PREDICT).response().body().equals(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void newAddresses_replaceTheOld_withoutLosingARequest() throws Exception {
    AtomicReference<InetAddress> now = new AtomicReference<>(loopback(1));
    try (RawBackend one = RawBackend.start(loopback(1), 0, saying("1"));
        RawBackend two = RawBackend.start(loopback(2), one.port(), saying("2"));
        TestServer server =
            TestServer.of(one.port())
                .named("model.test", name -> new InetAddress[] {now.get()})
                .start();
        RawClient client = RawClient.to(server.port())) {
      assertThat(client.send(PREDICT).response().body()).isEqualTo("1");

      now.set(loopback(2));
      server.server().resolve();

      assertThat(client.send(PREDICT).response().body()).isEqualTo("2");
      Await.until("the old connection ends", () -> one.connections().get(0).isClosedByPeer());
      now.set(loopback(1));
      assertThat(client.send(PREDICT).response().body()).isEqualTo("2");
      assertThat(two.connections()).hasSize(1);
    }
  }
}
