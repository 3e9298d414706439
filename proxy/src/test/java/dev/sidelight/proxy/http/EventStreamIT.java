package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.config.Profile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Streams of events pass as they come: a chunk is sent only after the one before was received. */
@SuppressWarnings("StringConcatToTextBlock") // bytes on the wire: CR LF must be seen
class EventStreamIT {

  private static final int CHUNKS = 50;

  private static String token(int i) {
    return "data: {\"token\":" + i + "}\n\n";
  }

  @Test
  void eachChunk_arrivesBeforeTheNextIsSent() throws Exception {
    Semaphore confirmed = new Semaphore(1);
    RawBackend.Behaviour telling =
        connection -> {
          if (connection.readHead().isEmpty()) {
            return; // the health probe: it must not take what the client confirmed
          }
          connection.read(2);
          connection.write(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n");
          for (int i = 0; i < CHUNKS; i++) {
            if (!acquired(confirmed)) {
              return; // the client did not get the one before
            }
            String event = token(i);
            connection.write(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
          }
          connection.write("0\r\n\r\n");
          connection.drain();
        };
    try (RawBackend backend = RawBackend.start(telling);
        TestServer server = TestServer.of(backend.port()).profile(Profile.OPENAI).start();
        RawClient client = RawClient.to(server.port())) {
      client.send(RawClient.post("/v1/chat/completions", "{}"));
      assertThat(client.readHead()).contains("200 OK").contains("text/event-stream");
      StringBuilder seen = new StringBuilder();
      byte[] block = new byte[4096];

      for (int i = 0; i < CHUNKS; i++) {
        while (!seen.toString().contains(token(i))) {
          int n = client.read(block);
          assertThat(n).as("chunk %d", i).isPositive();
          seen.append(new String(block, 0, n, StandardCharsets.US_ASCII));
        }
        assertThat(seen.toString()).doesNotContain(token(i + 1));
        confirmed.release();
      }

      Await.until("logged whole", () -> server.events().size() == 1);
      assertThat(server.events().get(0).event().call().transport()).isEqualTo("sse");
      assertThat(new String(server.events().get(0).responseBody(), StandardCharsets.US_ASCII))
          .startsWith(token(0))
          .endsWith(token(CHUNKS - 1));
    }
  }

  private static boolean acquired(Semaphore semaphore) {
    try {
      return semaphore.tryAcquire(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
