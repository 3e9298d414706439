package dev.sidelight.bench;

import dev.sidelight.core.event.Call;
import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Times;
import dev.sidelight.core.event.Trace;
import dev.sidelight.core.event.Truncation;
import dev.sidelight.core.event.Uuid7;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Makes exchanges as the tap does and offers them to one loop's sink. One thread. */
public final class Exchanges {

  private static final ModelRef MODEL = ModelRef.of("bench");
  private static final Call CALL =
      new Call("POST", "/v2/models/bench/infer", "v2", "http", 200, -1, Outcome.SUCCESS);

  private static final Payload REQUEST_HEAD =
      head(
          """
          POST /v2/models/bench/infer HTTP/1.1
          Host: models.example:8080
          User-Agent: python-requests/2.32
          Content-Type: application/json
          Content-Length: 650

          """);
  private static final Payload RESPONSE_HEAD =
      head(
          """
          HTTP/1.1 200 OK
          content-type: application/json
          content-length: 200

          """);

  private final InstantSource clock = InstantSource.system();
  private final Uuid7 ids = new Uuid7(clock::millis, 7);

  private static Payload head(String lines) {
    return Payload.of(lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Both sides with their heads; the bodies are shared, as references are. */
  public PayloadEvent.Exchange whole(Payload request, Payload response) {
    return exchange(side(REQUEST_HEAD, request), side(RESPONSE_HEAD, response));
  }

  /** One body and nothing beside it: the least an event can be. */
  public PayloadEvent.Exchange bare(Payload body) {
    return exchange(side(Payload.EMPTY, body), Side.NONE);
  }

  private static Side side(Payload head, Payload body) {
    return new Side(head, body, body.length(), 0, "application/json", "", Truncation.NONE);
  }

  private PayloadEvent.Exchange exchange(Side request, Side response) {
    return new PayloadEvent.Exchange(
        ids.next(),
        CallerIds.NONE,
        Trace.NONE,
        MODEL,
        CALL,
        new Times(clock.millis() * 1000, 900, 800),
        request,
        response,
        Marks.NONE);
  }

  /** The three calls that the data path makes for one exchange. */
  public static EventSink.Offer offer(EventSink sink, PayloadEvent.Exchange exchange) {
    sink.started();
    sink.pinned(pinned(exchange.request()) + pinned(exchange.response()));
    return sink.offer(exchange);
  }

  private static int pinned(Side side) {
    return side.head().pinned() + side.body().pinned();
  }
}
