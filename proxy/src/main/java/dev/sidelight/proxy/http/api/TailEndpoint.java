package dev.sidelight.proxy.http.api;

import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.EventStore.TailItem;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.EventStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The live tail as server-sent events: {@code id:} is the store's sequence, {@code Last-Event-ID}
 * resumes.
 */
final class TailEndpoint {

  private static final long HEARTBEAT_SECONDS = 15;

  private final EventStore store;

  TailEndpoint(EventStore store) {
    this.store = store;
  }

  Answer stream(Call call) {
    String filter = call.query("filter").orElse("");
    String last = call.header("last-event-id").orElse("");
    long after = last.matches("\\d{1,18}") ? Long.parseLong(last) : -1;
    TailFeed feed = new TailFeed();
    // opened here, so that a bad filter is still an answer and not a broken stream
    EventStore.Tail tail = store.tail(filter, after, feed);
    if (call.method().equals("HEAD")) {
      tail.close(); // nobody will read it
      return new Answer.Whole(200, Map.of("Content-Type", "text/event-stream"), new byte[0]);
    }
    return new Answer.Events(
        Map.of("Cache-Control", "no-store"), stream -> pump(stream, tail, feed));
  }

  private static void pump(EventStream stream, EventStore.Tail tail, TailFeed feed) {
    CountDownLatch closed = new CountDownLatch(1);
    stream.onClose(closed::countDown);
    feed.connect(item -> send(stream, item));
    try (tail) {
      while (!closed.await(HEARTBEAT_SECONDS, TimeUnit.SECONDS)) {
        if (!stream.comment("alive")) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the listener is closing
    } finally {
      stream.close();
    }
  }

  private static void send(EventStream stream, TailItem item) {
    try {
      switch (item) {
        case TailItem.Row row ->
            stream.send(
                Long.toString(row.request().seq()), "request", RequestJson.line(row.request()));
        case TailItem.Lagged lagged ->
            stream.send("", "lagged", "{\"count\":" + lagged.count() + "}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
