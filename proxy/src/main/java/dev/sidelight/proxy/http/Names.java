package dev.sidelight.proxy.http;

import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.Trace;
import dev.sidelight.proxy.http.wire.AsciiName;
import dev.sidelight.proxy.http.wire.Fields;
import dev.sidelight.proxy.http.wire.Framing;
import dev.sidelight.proxy.http.wire.Head;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The header fields the data path itself reads. */
final class Names {

  static final AsciiName REQUEST_ID = AsciiName.of("x-request-id");
  static final AsciiName PUID = AsciiName.of("seldon-puid");
  static final AsciiName CE_ID = AsciiName.of("ce-id");
  static final AsciiName TRACEPARENT = AsciiName.of("traceparent");
  static final AsciiName TRACESTATE = AsciiName.of("tracestate");
  static final AsciiName CONTENT_TYPE = AsciiName.of("content-type");
  static final AsciiName CONTENT_ENCODING = AsciiName.of("content-encoding");
  static final AsciiName SKIP_LOGGING = AsciiName.of("seldon-skip-logging");
  static final AsciiName SYNTHETIC = AsciiName.of("x-sidelight-synthetic");
  static final AsciiName ORIGIN = AsciiName.of("origin");

  /** Where callers of several models on one path name the model. */
  static final List<AsciiName> MODEL =
      List.of(AsciiName.of("seldon-model"), AsciiName.of("kserve-isvc-name"));

  private Names() {}

  /** The model that a header names, or null. */
  static @Nullable String model(Fields fields) {
    for (AsciiName name : MODEL) {
      String value = fields.value(name);
      if (value != null && CallerIds.isKeepable(value)) {
        return value;
      }
    }
    return null;
  }

  static boolean isEventStream(Fields fields) {
    int at = fields.find(CONTENT_TYPE);
    String wanted = "text/event-stream";
    if (at < 0 || fields.valueLength(at) < wanted.length()) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if ((fields.valueByte(at, i) | 0x20) != (wanted.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  /** A safe method without a body: it may be sent a second time. */
  static boolean isRepeatable(Head head) {
    boolean safe = head.isMethod("GET") || head.isMethod("HEAD") || head.isMethod("OPTIONS");
    return safe
        && (head.framing() == Framing.NONE
            || (head.framing() == Framing.LENGTH && head.contentLength() == 0));
  }

  /** Why a caller does not want this request logged, or null. */
  static @Nullable String skipReason(Fields fields) {
    if (fields.has(SYNTHETIC)) {
      return "synthetic";
    }
    int at = fields.find(SKIP_LOGGING);
    boolean skip =
        at >= 0
            && (fields.valueEquals(at, "true")
                || fields.valueEquals(at, "on")
                || fields.valueEquals(at, "1"));
    return skip ? "skip_mark" : null;
  }

  /** The id that problems and log lines carry: the caller's own where it is fit, else ours. */
  static String requestIdOf(Fields fields, UUID ours) {
    String given = kept(fields, REQUEST_ID);
    if (given.isEmpty()) {
      given = kept(fields, PUID);
    }
    return given.isEmpty() ? ours.toString() : given;
  }

  static CallerIds callerIds(Fields fields) {
    String ceId = kept(fields, CE_ID);
    String requestId = kept(fields, REQUEST_ID);
    String puid = kept(fields, PUID);
    return ceId.isEmpty() && requestId.isEmpty() && puid.isEmpty()
        ? CallerIds.NONE
        : new CallerIds(ceId, requestId, puid);
  }

  private static String kept(Fields fields, AsciiName name) {
    String value = fields.value(name);
    return value != null && CallerIds.isKeepable(value) ? value : "";
  }

  static String text(Fields fields, AsciiName name) {
    String value = fields.value(name);
    return value == null ? "" : value;
  }

  /**
   * The same.
   *
   * @param known given back where the text is the same
   */
  static String text(Fields fields, AsciiName name, String known) {
    int at = fields.find(name);
    return at < 0 ? "" : fields.value(at, known);
  }

  /** W3C trace context, version 00 to fe, ids not zero; else none. */
  static Trace trace(Fields fields) {
    String parent = fields.value(TRACEPARENT);
    if (parent == null || !isTraceparent(parent)) {
      return Trace.NONE;
    }
    return new Trace(parent, text(fields, TRACESTATE));
  }

  static boolean isTraceparent(String text) {
    if (text.length() < 55 || text.charAt(2) != '-' || text.charAt(35) != '-') {
      return false;
    }
    boolean known = text.startsWith("00-") ? text.length() == 55 : !text.startsWith("ff");
    return known
        && text.charAt(52) == '-'
        && isHex(text, 0, 2)
        && isHex(text, 3, 35)
        && isHex(text, 36, 52)
        && isHex(text, 53, 55)
        && !isZero(text, 3, 35)
        && !isZero(text, 36, 52);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
