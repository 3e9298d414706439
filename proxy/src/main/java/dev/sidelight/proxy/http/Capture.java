package dev.sidelight.proxy.http;

import dev.sidelight.core.event.Call;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Sampling;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Times;
import dev.sidelight.core.event.Truncation;
import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Head;
import io.netty.buffer.ByteBuf;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tap of one exchange: keeps references to what passes and hands one event to the loop's sink
 * when it is over. Never parses, copies or waits.
 */
final class Capture {

  /**
   * What a request is about, as its path says: the same object as long as a connection asks for the
   * same.
   *
   * @param model its version is empty where the path names none
   * @param protocol the word in events
   */
  record Subject(String method, String path, ModelRef model, String protocol) {}

  /** The largest buffer that a head arrives in. */
  private static final int HEAD_BUFFER = 64 << 10;

  private final Loop loop;
  private final SideCapture request;
  private final SideCapture response;
  private RoutePolicy.Tap tap;

  // of the messages before: most have the same again
  private String requestType = "";
  private String responseType = "";

  private boolean active;
  private boolean admitted;
  private int unreported;
  private int reported;
  private UUID id = new UUID(0, 0);
  private @Nullable Head head;
  private @Nullable Subject subject;
  private byte @Nullable [] ownAnswer;
  private boolean eventStream;

  Capture(Loop loop) {
    this.loop = loop;
    this.request = new SideCapture(loop.server.metrics().tapHeld());
    this.response = new SideCapture(loop.server.metrics().tapHeld());
    this.tap = loop.server.policy().tap();
  }

  /** What a strict route sets aside: both bodies, and the buffers that its heads keep alive. */
  static int reserve(RoutePolicy.Tap tap) {
    return 2 * (tap.bodyBytesMax() + HEAD_BUFFER);
  }

  void begin(UUID id, Head head, Route.Forward route, Subject subject) {
    this.id = id;
    this.head = head;
    this.subject = subject;
    tap = route.policy().tap();
    active = tap.sampleRate() > 0 && route.tapped();
    admitted = false;
    unreported = 0;
    reported = 0;
    ownAnswer = null;
    eventStream = false;
    String skip = active ? skipReason(head.fields()) : null;
    if (skip != null) {
      active = false;
      loop.server.metrics().logSkipped(skip);
    }
    if (!active) {
      return;
    }
    Truncation without =
        tap.strict() // then there is room for its bodies, or it had been refused
            ? Truncation.NONE
            : loop.server.shedder().level() >= 2
                ? Truncation.SHED
                : loop.sink.takesBodies() ? Truncation.NONE : Truncation.PRESSURE;
    if (without != Truncation.NONE) {
      request.withoutBody(without);
      response.withoutBody(without);
    }
    var fields = head.fields();
    requestType = Names.text(fields, Names.CONTENT_TYPE, requestType);
    String encoding = Names.text(fields, Names.CONTENT_ENCODING);
    pin(request.head(head.received(), requestType, encoding));
  }

  /** Why this request is not kept, or null. */
  private @Nullable String skipReason(Fields fields) {
    String mark = tap.honoursMarks() ? Names.skipReason(fields) : null;
    if (mark != null || tap.sampleRate() >= 1) {
      return mark;
    }
    String key = Names.callerIds(fields).joinId(id.toString());
    return Sampling.keeps(key, tap.sampleRate()) ? null : "sampled";
  }

  /** The request goes on: from here on exactly one event follows. */
  void admit() {
    if (active) {
      admitted = true;
      loop.sink.started();
      if (tap.strict()) {
        reported = reserve(tap);
        loop.sink.pinned(reported);
      } else {
        pin(0);
      }
    }
  }

  void request(ByteBuf data) {
    if (active) {
      pinBody(request.body(data, tap.bodyBytesMax()));
    }
  }

  void responseHead(Head answer) {
    if (active) {
      var fields = answer.fields();
      eventStream = Names.isEventStream(fields);
      responseType = Names.text(fields, Names.CONTENT_TYPE, responseType);
      String encoding = Names.text(fields, Names.CONTENT_ENCODING);
      pin(response.head(answer.received(), responseType, encoding));
    }
  }

  void response(ByteBuf data) {
    if (active) {
      pinBody(response.body(data, tap.bodyBytesMax()));
    }
  }

  /** We answer in the backend's place. */
  void ownAnswer(byte[] body) {
    ownAnswer = body;
  }

  /** The side that was being received when it was cut. */
  void truncated(Truncation why, boolean inResponse) {
    (inResponse ? response : request).truncated(why);
  }

  private void pin(int bytes) {
    if (tap.strict()) {
      return; // set aside beforehand; the difference is told with the offer
    }
    unreported += bytes;
    if (admitted && unreported != 0) {
      loop.sink.pinned(unreported);
      reported += unreported;
      unreported = 0;
    }
  }

  /**
   * Many slow messages begun while there was room could together hold more than the log has: then
   * those that still grow give up their bodies, since an event that finds no room is lost whole.
   */
  private void pinBody(int bytes) {
    pin(bytes);
    if (bytes > 0 && admitted && !tap.strict() && !loop.sink.takesBodies()) {
      pin(-request.giveUpBody(loop.allocator) - response.giveUpBody(loop.allocator));
    }
  }

  /** The request was refused before it counted. */
  void discard() {
    request.release();
    response.release();
    active = false;
    clear();
  }

  /** One event, whatever happened. */
  void finish(
      Outcome outcome,
      int status,
      long requestBytes,
      long responseBytes,
      ExchangeTimes times,
      long now) {
    Subject about = subject;
    Head asked = head;
    if (active && admitted && about != null && asked != null) {
      offer(event(outcome, status, times, now, asked, about));
    } else {
      request.release();
      response.release();
    }
    active = false;
    clear();
  }

  private void offer(PayloadEvent.Exchange event) {
    count(event.request().truncation());
    count(event.response().truncation());
    int pinned =
        event.request().head().pinned()
            + event.request().body().pinned()
            + event.response().head().pinned()
            + event.response().body().pinned();
    if (pinned != reported) {
      loop.sink.pinned(pinned - reported);
    }
    loop.sink.offer(event);
  }

  private void count(Truncation truncation) {
    if (truncation != Truncation.NONE) {
      loop.server.metrics().tapTruncated(truncation);
    }
  }

  private PayloadEvent.Exchange event(
      Outcome outcome, int status, ExchangeTimes times, long now, Head asked, Subject about) {
    byte[] own = ownAnswer;
    Side answered =
        own == null ? response.take(loop.allocator) : response.own(own, "application/problem+json");
    return new PayloadEvent.Exchange(
        id,
        Names.callerIds(asked.fields()),
        Names.trace(asked.fields()),
        about.model(),
        new Call(
            about.method(),
            about.path(),
            about.protocol(),
            eventStream ? "sse" : "http",
            status,
            -1,
            outcome),
        new Times(times.arrivalMicros(), times.latencyNanos(now) / 1000, times.upstreamMicros(now)),
        request.take(loop.allocator),
        answered,
        marks(asked.fields(), loop.server.wiring().origin().get()));
  }

  private Marks marks(Fields asked, String origin) {
    boolean synthetic = !tap.honoursMarks() && asked.has(Names.SYNTHETIC);
    return origin.isEmpty() && !synthetic && tap.sampleRate() >= 1
        ? Marks.NONE
        : new Marks(tap.sampleRate(), "", synthetic, origin);
  }

  private void clear() {
    head = null;
    subject = null;
    ownAnswer = null;
  }
}
