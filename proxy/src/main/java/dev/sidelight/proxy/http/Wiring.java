package dev.sidelight.proxy.http;

import dev.sidelight.core.event.EventSink;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the data path needs from the other rooms.
 *
 * @param sinks one per event loop, by its number from 0; each is only called from that loop
 * @param wallMicros wall clock, microseconds since 1970
 * @param origin the mark of every event, {@code demo-history} and the like; empty for ordinary
 *     traffic
 * @param service {@code service} and {@code namespace} go into every event's model
 */
public record Wiring(
    IntFunction<EventSink> sinks,
    LongSupplier wallMicros,
    Supplier<String> origin,
    Models models,
    Access access,
    String service,
    String namespace) {

  public Wiring(IntFunction<EventSink> sinks, LongSupplier wallMicros, Models models) {
    this(sinks, wallMicros, () -> "", models, Access.ANONYMOUS, "", "");
  }
}
