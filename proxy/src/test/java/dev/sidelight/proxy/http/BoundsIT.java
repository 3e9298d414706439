package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.Outcome;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What one exchange may hold, whatever its size, and who is told to wait. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class BoundsIT {

  private static final int MIB = 1 << 20;

  private static long direct() {
    return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  @Test
  void largeUpload_flatMemory() throws Exception {
    long size = 200L * MIB;
    RawBackend.Behaviour counting =
        connection -> {
          connection.readHead();
          connection.skip(size);
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(counting);
        TestServer server =
            TestServer.of(backend.port()).set("logger.body-bytes-max", "0").start();
        RawClient client = RawClient.to(server.port())) {
      long before = direct();
      long most = 0;
      client.send("POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\n");
      client.send("Content-Length: " + size + "\r\n\r\n");
      byte[] block = new byte[MIB];
      for (long sent = 0; sent < size; sent += block.length) {
        client.send(block);
        most = Math.max(most, direct() - before);
      }

      assertThat(client.response().status()).isEqualTo(200);
      assertThat(most).isLessThan(2L * MIB);
      Await.until("one event", () -> server.events().size() == 1);
      assertThat(server.events().get(0).event().request().bodyBytes()).isEqualTo(size);
    }
  }

  @Test
  void slowReader_backendWaits() throws Exception {
    AtomicLong written = new AtomicLong();
    RawBackend.Behaviour pouring =
        connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + 64L * MIB + "\r\n\r\n");
          byte[] block = new byte[64 << 10];
          for (int i = 0; i < 1024; i++) {
            connection.write(block);
            written.addAndGet(block.length);
          }
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(pouring);
        TestServer server =
            TestServer.of(backend.port()).set("logger.body-bytes-max", "0").start();
        RawClient client = RawClient.to(server.port(), 16 << 10)) {
      long before = direct();
      client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
      client.readHead();

      long stoppedAt = settled(written);

      assertThat(stoppedAt).isLessThan(32L * MIB); // what the kernel's buffers take, and no more
      assertThat(direct() - before).isLessThan(MIB);
      byte[] block = new byte[64 << 10];
      long got = 0;
      while (got < 64L * MIB) {
        int n = client.read(block);
        assertThat(n).isPositive();
        got += n;
      }
      assertThat(got).isEqualTo(64L * MIB);
    }
  }

  /** The value once it has not moved for a while. */
  private static long settled(AtomicLong value) {
    long[] last = {-1, 0};
    Await.until(
        "the backend is made to wait",
        () -> {
          long now = value.get();
          last[1] = now == last[0] ? last[1] + 1 : 0;
          last[0] = now;
          return last[1] > 100;
        });
    return last[0];
  }

  @Test
  void clientThatDoesNotRead_isReset() throws Exception {
    RawBackend.Behaviour pouring =
        connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + 64L * MIB + "\r\n\r\n");
          byte[] block = new byte[64 << 10];
          for (int i = 0; i < 1024; i++) {
            connection.write(block);
          }
        };
    try (RawBackend backend = RawBackend.start(pouring);
        TestServer server =
            TestServer.of(backend.port()).set("timeouts.client-stall", "200ms").start();
        RawClient client = RawClient.to(server.port(), 16 << 10)) {
      client.send(RawClient.post("/v1/models/m:predict", "{}"));

      Await.until("one event", () -> server.events().size() == 1);

      assertThat(server.events().get(0).event().call().outcome()).isEqualTo(Outcome.CLIENT_CLOSED);
      assertThat(server.metric("sidelight_in_flight")).isZero();
    }
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    try (RawBackend backend =
            RawBackend.start(
                RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        TestServer server = TestServer.of(backend.port()).start()) {
      for (int i = 0; i < 300; i++) {
        try (RawClient client = RawClient.to(server.port())) {
          client.send(RawClient.post("/v1/models/m:predict", "{\"a\":" + i + "}"));
          if (i % 3 > 0) {
            assertThat(client.response().status()).isEqualTo(200);
          }
        }
      }
      Await.until("every event", () -> server.events().size() == server.sink().startedCount());
      Await.until(
          "every connection gone",
          () -> server.metric("sidelight_connections{side=\"client\"}") == 0);
      assertThat(server.metric("sidelight_in_flight")).isZero();
      assertThat(server.sink().pinnedBytes()).isZero();
    }
  }
}
