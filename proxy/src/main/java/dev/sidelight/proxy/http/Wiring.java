package dev.sidelight.proxy.http;

import dev.sidelight.core.event.EventSink;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * What the data path needs from the other rooms.
 *
 * @param sinks one per event loop, by its number from 0; each is only called from that loop
 * @param wallMicros wall clock, microseconds since 1970
 * @param namespace {@code service} and {@code namespace} go into every event's model
 */
public record Wiring(
    IntFunction<EventSink> sinks,
    LongSupplier wallMicros,
    Models models,
    Access access,
    String service,
    String namespace) {

  public Wiring(IntFunction<EventSink> sinks, LongSupplier wallMicros, Models models) {
    this(sinks, wallMicros, models, Access.ANONYMOUS, "", "");
  }
}
