package dev.sidelight.core.event;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Payload events as CloudEvents 1.0, and back ({@link #exchange}). The only place that knows
 * attribute and type names; {@link CloudEventHeaders} and {@link CloudEventJson} put what is made
 * here on a wire. Thread-safe.
 *
 * <p>What does not come back: fields of a head that are not allow-listed, the time spent upstream,
 * and which of the caller's headers gave his id.
 */
public final class CloudEvents {

  static final String REQUEST = "org.kubeflow.serving.inference.request";
  static final String RESPONSE = "org.kubeflow.serving.inference.response";
  static final String METADATA = "metadata";
  static final String ANNOTATIONS = "annotations";

  private final Profile profile;
  private final String source;
  private final String annotations;
  private final HeaderPolicy headers;

  /**
   * @param source empty for {@code /sidelight/<namespace>/<service>/<component>}
   * @param annotations static, written with every half of an exchange
   */
  public CloudEvents(
      Profile profile, String source, Map<String, String> annotations, HeaderPolicy headers) {
    this.profile = profile;
    this.source = source;
    this.annotations = annotations.isEmpty() ? "" : HeaderJson.ofTexts(annotations);
    this.headers = headers;
  }

  /** Request first, then response. Bodies are copied; the event is not released. */
  public List<CloudEvent> of(PayloadEvent.Exchange exchange, Recorded recorded) {
    return List.of(
        half(exchange, true, exchange.request(), recorded),
        half(exchange, false, exchange.response(), recorded));
  }

  private CloudEvent half(
      PayloadEvent.Exchange exchange, boolean request, Side side, Recorded recorded) {
    Call call = exchange.call();
    Times times = exchange.times();
    long time = request ? times.arrivalMicros() : times.completionMicros();
    Attributes to = begin(exchange.id(), request, exchange.model(), time, side, recorded);
    callerIds(to, exchange.callerIds(), exchange.id());
    model(to, exchange.model());
    to.text("protocol", call.protocol());
    to.text("transport", call.transport());
    if (request) {
      to.text("method", call.method());
      to.text("path", call.path());
    } else {
      to.put("statuscode", call.status());
      to.put("outcome", call.outcome().word());
      to.put("latencyms", Timestamps.millis(times.latencyMicros()));
    }
    if (call.grpcStatus() >= 0) {
      to.put("grpcstatus", call.grpcStatus());
    }
    side(to, side);
    trace(to, exchange.trace());
    marks(to, exchange.marks());
    to.put("sequence", Long.toString(recorded.sequence()));
    return to.event(side.body().copy());
  }

  /** One side that somebody else's logger saw. */
  public CloudEvent of(PayloadEvent.Half half, Recorded recorded) {
    Side side = half.side();
    Attributes to =
        begin(half.exchangeId(), half.isRequest(), half.model(), half.timeMicros(), side, recorded);
    callerIds(to, half.callerIds(), half.exchangeId());
    model(to, half.model());
    to.text("protocol", half.protocol());
    side(to, side);
    trace(to, half.trace());
    marks(to, half.marks());
    to.put("sequence", Long.toString(recorded.sequence()));
    return to.event(side.body().copy());
  }

  public CloudEvent of(PayloadEvent.Report report, Recorded recorded) {
    Attributes to = own(report.id(), report.kind(), report.model(), report.timeMicros(), recorded);
    if (report.exchangeId() != null) {
      to.put("exchangeid", report.exchangeId().toString());
    }
    model(to, report.model());
    to.put("sequence", Long.toString(recorded.sequence()));
    return to.event(report.json().clone());
  }

  public CloudEvent of(PayloadEvent.Gap gap, Recorded recorded) {
    Attributes to = own(gap.id(), "gap", ModelRef.of(""), gap.lastMicros(), recorded);
    to.put("spoolid", gap.spool().toString());
    to.put("sequence", Long.toString(recorded.sequence()));
    return to.event(HeaderJson.gap(gap).getBytes(StandardCharsets.UTF_8));
  }

  /** The attributes of the first table, in its order. */
  private Attributes begin(
      UUID exchange, boolean request, ModelRef model, long time, Side side, Recorded recorded) {
    boolean kserve = profile == Profile.KSERVE;
    String suffix = request ? "/req" : "/res";
    Attributes to = new Attributes();
    to.put("specversion", "1.0");
    to.put("id", kserve ? exchange.toString() : exchange + suffix);
    to.put("source", source(model));
    to.put("type", request ? REQUEST : RESPONSE);
    to.put("time", Timestamps.format(time));
    to.text("datacontenttype", side.contentType());
    if (!kserve && !model.model().isEmpty()) {
      String version = model.version().isEmpty() ? "" : "/" + model.version();
      to.put("subject", model.model() + version);
    }
    to.put("recordedtime", Timestamps.format(recorded.micros()));
    place(to, model, kserve);
    String metadata = HeaderJson.ofLists(headers.kept(side.head().copy()));
    if (kserve || !metadata.equals("{}")) {
      to.put(METADATA, metadata);
    }
    to.text(ANNOTATIONS, annotations);
    to.put("exchangeid", exchange.toString());
    return to;
  }

  private Attributes own(UUID id, String kind, ModelRef model, long time, Recorded recorded) {
    Attributes to = new Attributes();
    to.put("specversion", "1.0");
    to.put("id", id.toString());
    to.put("source", source(model));
    to.put("type", "dev.sidelight." + kind + ".v1");
    to.put("time", Timestamps.format(time));
    to.put("datacontenttype", "application/json");
    to.put("recordedtime", Timestamps.format(recorded.micros()));
    place(to, model, false);
    return to;
  }

  private String source(ModelRef model) {
    if (!source.isEmpty()) {
      return source;
    }
    return "/sidelight/%s/%s/%s"
        .formatted(
            PercentText.segment(model.namespace()),
            PercentText.segment(model.service()),
            PercentText.segment(model.component()));
  }

  private static void place(Attributes to, ModelRef model, boolean always) {
    Map<String, String> place = new LinkedHashMap<>();
    place.put("inferenceservicename", model.service());
    place.put("namespace", model.namespace());
    place.put("component", model.component());
    place.put("endpoint", model.endpoint());
    place.forEach(
        (name, value) -> {
          if (always || !value.isEmpty()) {
            to.put(name, value);
          }
        });
  }

  private static void callerIds(Attributes to, CallerIds ids, UUID exchange) {
    to.put("requestid", ids.joinId(exchange.toString()));
    to.text("correlationid", ids.joinId(""));
  }

  private static void model(Attributes to, ModelRef model) {
    to.text("modelid", model.model());
    to.text("modelname", model.model());
    to.text("modelversion", model.version());
    to.text("variant", model.variant());
    to.text("tenant", model.tenant());
  }

  private static void side(Attributes to, Side side) {
    to.text("contentencoding", side.contentEncoding());
    to.put("bodybytes", Long.toString(side.bodyBytes()));
    to.put("bodycrc32c", String.format(Locale.ROOT, "%08x", side.bodyCrc()));
    if (side.truncation() != Truncation.NONE) {
      to.put("truncated", true);
      to.put("truncatedcause", side.truncation().word());
    }
  }

  private static void trace(Attributes to, Trace trace) {
    to.text("traceparent", trace.traceparent());
    to.text("tracestate", trace.tracestate());
  }

  private static void marks(Attributes to, Marks marks) {
    to.text("redacted", marks.redacted());
    if (marks.sampleRate() < 1) {
      to.put("samplerate", Double.toString(marks.sampleRate()));
    }
    if (marks.synthetic()) {
      to.put("synthetic", true);
    }
    to.text("origin", marks.origin());
  }

  /**
   * The exchange that two events of ours speak of. Its heads hold the fields of {@code metadata}.
   *
   * @throws IllegalArgumentException when they are not the two halves of one exchange
   */
  public static PayloadEvent.Exchange exchange(CloudEvent request, CloudEvent response) {
    return CloudEventReader.exchange(request, response);
  }

  /**
   * The report that an event of ours carries.
   *
   * @throws IllegalArgumentException when it carries none
   */
  public static PayloadEvent.Report report(CloudEvent event) {
    return CloudEventReader.report(event);
  }

  /**
   * What events that belong together share as the key of their partition: the exchange's id; of
   * reports about no exchange the model, of gaps the spool.
   */
  public static String partitionKey(CloudEvent event) {
    for (String name : new String[] {"exchangeid", "spoolid", "modelname"}) {
      if (!event.text(name).isEmpty()) {
        return event.text(name);
      }
    }
    return event.text("id");
  }

  /** Collects attributes in the order they are written. */
  private static final class Attributes {
    private final Map<String, Object> values = new LinkedHashMap<>();

    void put(String name, Object value) {
      values.put(name, value);
    }

    void text(String name, String value) {
      if (!value.isEmpty()) {
        values.put(name, value);
      }
    }

    CloudEvent event(byte[] data) {
      return new CloudEvent(values, data);
    }
  }
}
