package dev.sidelight.core.event;

/** W3C trace context as received; both empty where there is none or it is not valid. */
public record Trace(String traceparent, String tracestate) {
  public static final Trace NONE = new Trace("", "");
}
