package dev.sidelight.core.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Reads back what {@link CloudEvents} wrote. */
final class CloudEventReader {

  private CloudEventReader() {}

  static PayloadEvent.Exchange exchange(CloudEvent request, CloudEvent response) {
    boolean types =
        request.text("type").equals(CloudEvents.REQUEST)
            && response.text("type").equals(CloudEvents.RESPONSE);
    if (!types || !request.text("exchangeid").equals(response.text("exchangeid"))) {
      throw new IllegalArgumentException("the events are not the two halves of one exchange");
    }
    UUID id = UUID.fromString(request.text("exchangeid"));
    long latency = Timestamps.micros(response.text("latencyms"));
    String grpc = response.text("grpcstatus");
    Call call =
        new Call(
            request.text("method"),
            request.text("path"),
            request.text("protocol"),
            request.text("transport"),
            Integer.parseInt(response.text("statuscode")),
            grpc.isEmpty() ? -1 : Integer.parseInt(grpc),
            Outcome.ofWord(response.text("outcome")));
    return new PayloadEvent.Exchange(
        id,
        new CallerIds("", request.text("correlationid"), ""),
        new Trace(request.text("traceparent"), request.text("tracestate")),
        model(request),
        call,
        new Times(Timestamps.parse(request.text("time")), latency, 0),
        side(request),
        side(response),
        marks(request));
  }

  static PayloadEvent.Report report(CloudEvent event) {
    String type = event.text("type");
    if (!type.startsWith("dev.sidelight.") || !type.endsWith(".v1")) {
      throw new IllegalArgumentException("the event is no report of ours");
    }
    String kind = type.substring("dev.sidelight.".length(), type.length() - ".v1".length());
    String exchange = event.text("exchangeid");
    return new PayloadEvent.Report(
        UUID.fromString(event.text("id")),
        kind,
        exchange.isEmpty() ? null : UUID.fromString(exchange),
        model(event),
        Timestamps.parse(event.text("time")),
        event.data());
  }

  private static ModelRef model(CloudEvent event) {
    return new ModelRef(
        event.text("tenant"),
        event.text("namespace"),
        event.text("inferenceservicename"),
        event.text("component"),
        event.text("endpoint"),
        event.text("modelname"),
        event.text("variant"),
        event.text("modelversion"));
  }

  private static Side side(CloudEvent event) {
    String cause = event.text("truncatedcause");
    return new Side(
        Payload.of(head(event.text(CloudEvents.METADATA))),
        Payload.of(event.data()),
        Long.parseLong(event.text("bodybytes")),
        Integer.parseUnsignedInt(event.text("bodycrc32c"), 16),
        event.text("datacontenttype"),
        event.text("contentencoding"),
        cause.isEmpty() ? Truncation.NONE : Truncation.valueOf(cause.toUpperCase(Locale.ROOT)));
  }

  private static byte[] head(String metadata) {
    StringBuilder head = new StringBuilder();
    if (!metadata.isEmpty()) {
      for (Map.Entry<String, List<String>> field : HeaderJson.lists(metadata).entrySet()) {
        for (String value : field.getValue()) {
          head.append(field.getKey()).append(": ").append(value).append("\r\n");
        }
      }
    }
    return head.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Marks marks(CloudEvent event) {
    String rate = event.text("samplerate");
    return new Marks(
        rate.isEmpty() ? 1 : Double.parseDouble(rate),
        event.text("redacted"),
        event.text("synthetic").equals("true"),
        event.text("origin"));
  }
}
