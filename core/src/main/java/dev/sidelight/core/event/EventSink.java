package dev.sidelight.core.event;

/** Takes events from one producing thread. Never blocks, never throws. */
public interface EventSink {

  /** How the event was taken. */
  enum Offer {
    ACCEPTED,
    /** No room: the event is counted as a gap and its payloads are released. */
    REFUSED
  }

  /**
   * A request was admitted to logging: counted as seen from here on. Exactly one {@link #offer}
   * follows.
   */
  void started();

  /** True while bodies may still be collected; under pressure only heads are. */
  boolean takesBodies();

  /**
   * Whether an event that starts now will find its place, with {@code bytes} of memory pinned on
   * top of what is pinned already: the log is open, its disk takes records, and room is left beside
   * what has started. A sink that cannot tell says true.
   */
  default boolean hasRoomFor(long bytes) {
    return true;
  }

  /**
   * {@code bytes} of memory are now pinned by a head or body being collected (negative: given back
   * unoffered). Over an event's life the sum must be what its payloads say in {@link
   * Payload#pinned()}: the log gives back exactly that much once the event is durable.
   */
  void pinned(int bytes);

  /** Hands over an event and what it pins; from here on the log releases it, also when refused. */
  Offer offer(PayloadEvent event);
}
