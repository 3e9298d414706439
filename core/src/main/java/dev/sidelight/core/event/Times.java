package dev.sidelight.core.event;

/**
 * @param arrivalMicros wall clock, microseconds since 1970, when the request head was parsed
 * @param latencyMicros from the request head to the last response byte, by the monotonic clock
 * @param upstreamMicros the part of it from the first byte sent to the backend to its last byte
 */
public record Times(long arrivalMicros, long latencyMicros, long upstreamMicros) {

  public long completionMicros() {
    return arrivalMicros + latencyMicros;
  }
}
