package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.proxy.cli.EventsReader.Event;
import dev.sidelight.proxy.http.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The progress of explanations as server-sent events. */
class JobEventsIT extends TinyServed {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A few rounds of slow calls. */
  private String begin(String query) {
    wideReference("slow-wide");
    HttpResponse<byte[]> accepted =
        run.post(
            Listener.MANAGEMENT,
            "/v1/models/slow-wide:explain?async=true&format=native&mode=coalition&" + query,
            WideRows.body(1));
    return location(accepted);
  }

  private static JsonNode json(Event event) throws IOException {
    return JSON.readTree(event.data());
  }

  private List<Event> events(String path, String... headers) throws Exception {
    HttpResponse<Stream<String>> response = run.lines(path + "/events", headers);
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    try (Stream<String> lines = response.body()) {
      return new EventsReader(lines.iterator()).rest();
    }
  }

  @Test
  void events_tillTheEnd_areProgressWholePartialsAndTheResult() throws Exception {
    String path = begin("rowsMax=60000&relativeError=1e-6&deadline=1m");

    List<Event> events = events(path);

    List<Event> partials = events.stream().filter(e -> e.name().equals("partial")).toList();
    assertThat(partials).hasSizeGreaterThan(1);
    double before = Double.POSITIVE_INFINITY;
    for (Event partial : partials) {
      JsonNode document = json(partial);
      assertThat(document.get("kind").textValue()).isEqualTo("attribution");
      assertThat(document.get("features")).hasSize(WideRows.COLUMNS);
      assertThat(document.get("sentence").textValue()).isNotEmpty();
      assertThat(path).endsWith(document.get("id").textValue());
      double error = 0;
      for (JsonNode feature : document.get("features")) {
        error = Math.max(error, feature.get("stdError").doubleValue());
      }
      assertThat(error).as("a partial is better than the one before").isLessThan(before);
      before = error;
    }
    Event progress =
        events.stream().filter(e -> e.data().contains("maxStdError")).findFirst().orElseThrow();
    JsonNode reading = json(progress);
    assertThat(progress.name()).isEqualTo("progress");
    assertThat(reading.get("state").textValue()).isEqualTo("running");
    assertThat(reading.get("round").intValue()).isPositive();
    assertThat(reading.get("rows").intValue()).isPositive();
    assertThat(reading.get("rowsMax").intValue()).isEqualTo(60_000);
    assertThat(reading.get("roundTrips").intValue()).isPositive();
    assertThat(reading.get("etaMillis").isIntegralNumber()).isTrue();
    Event last = events.get(events.size() - 1);
    assertThat(last.name()).isEqualTo("done");
    assertThat(json(last).at("/result/kind").textValue()).isEqualTo("attribution");
    assertThat(run.management(path).get("result")).isEqualTo(json(last).get("result"));
  }

  @Test
  void events_resumed_loseAndRepeatNothing() throws Exception {
    String path = begin("rowsMax=60000&relativeError=1e-6&deadline=1m");
    List<Event> first = new ArrayList<>();
    try (Stream<String> lines = run.lines(path + "/events").body()) {
      EventsReader reader = new EventsReader(lines.iterator());
      for (int i = 0; i < 3; i++) {
        first.add(reader.next());
      }
    }

    List<Event> rest = events(path, "Last-Event-ID", first.get(2).id());

    List<Long> ids =
        Stream.concat(first.stream(), rest.stream()).map(e -> Long.valueOf(e.id())).toList();
    for (int i = 0; i < ids.size(); i++) {
      assertThat(ids.get(i)).isEqualTo(i + 1L);
    }
    assertThat(rest.get(rest.size() - 1).name()).isEqualTo("done");
  }

  @Test
  void events_ofAnEndedJob_areItsEnd() throws Exception {
    String path = begin("rowsMax=2000&deadline=1m");
    Until.holds(() -> "done", () -> run.management(path).get("state").textValue().equals("done"));

    List<Event> events = events(path);

    assertThat(events.get(events.size() - 1).name()).isEqualTo("done");
  }

  @Test
  void events_firstProgress_comesAtOnceAndStopEndsThem() throws Exception {
    String path = begin("rowsMax=2000000&relativeError=1e-9&deadline=5m");
    try (Stream<String> lines = run.lines(path + "/events").body()) {
      EventsReader reader = new EventsReader(lines.iterator());
      Event event = reader.next();
      assertThat(event.name()).isEqualTo("progress");
      while (!event.name().equals("partial")) {
        event = reader.next();
      }

      JsonNode stopped = run.ok(run.post(Listener.MANAGEMENT, path + ":stop", ""));

      List<Event> rest = reader.rest();
      Event last = rest.get(rest.size() - 1);
      assertThat(last.name()).isEqualTo("done");
      assertThat(json(last).get("result")).isEqualTo(stopped.get("result"));
    }
  }

  @Test
  void events_deletedJob_endWithCancelled() throws Exception {
    String path = begin("rowsMax=2000000&relativeError=1e-9&deadline=5m");
    try (Stream<String> lines = run.lines(path + "/events").body()) {
      EventsReader reader = new EventsReader(lines.iterator());
      reader.next();

      run.send("DELETE", Listener.MANAGEMENT, path, new byte[0]);

      List<Event> rest = reader.rest();
      assertThat(rest.get(rest.size() - 1).name()).isEqualTo("cancelled");
    }
  }

  @Test
  void events_manyFollowersAndOneWhoDoesNotRead_theJobGoesOn() throws Exception {
    String path = begin("rowsMax=100000&relativeError=1e-9&deadline=1m");
    try (Socket deaf =
        new Socket(InetAddress.getLoopbackAddress(), run.port(Listener.MANAGEMENT))) {
      String head =
          "GET "
              + path
              + "/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
      deaf.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

      List<Event> events = events(path);

      assertThat(events.get(events.size() - 1).name()).isEqualTo("done");
    }
  }

  @Test
  void events_ofNoJob_is404() {
    HttpResponse<byte[]> response =
        run.get(Listener.MANAGEMENT, "/v1/explanations/ex_" + "0".repeat(32) + "/events");

    assertThat(response.statusCode()).isEqualTo(404);
  }
}
