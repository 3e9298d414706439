package dev.sidelight.core.event;

/**
 * Where and when an event came to rest.
 *
 * @param sequence its number in the spool
 * @param micros wall clock, microseconds since 1970, when it was appended
 */
public record Recorded(long sequence, long micros) {}
