package dev.sidelight.proxy.http;

/** When what happened in one exchange: the wall clock once, else the monotonic one. */
final class ExchangeTimes {

  private long arrivalMicros;
  private long begunNanos;
  private long sentNanos;
  private long firstByteNanos;
  private long lastByteNanos;

  void begin(long wallMicros, long now) {
    arrivalMicros = wallMicros;
    begunNanos = now;
    sentNanos = 0;
    firstByteNanos = 0;
    lastByteNanos = 0;
  }

  /** The head goes to the backend. */
  void sent(long now) {
    sentNanos = now;
  }

  /** The backend's final head is there. */
  void firstByte(long now) {
    firstByteNanos = now;
  }

  /** The backend's answer is whole. */
  void lastByte(long now) {
    lastByteNanos = now;
  }

  long arrivalMicros() {
    return arrivalMicros;
  }

  long latencyNanos(long now) {
    return now - begunNanos;
  }

  /** Between the first byte to the backend and its last one; 0 if nothing was sent. */
  long upstreamNanos(long now) {
    if (sentNanos == 0) {
      return 0;
    }
    return (lastByteNanos == 0 ? now : lastByteNanos) - sentNanos;
  }

  long upstreamMicros(long now) {
    return upstreamNanos(now) / 1000;
  }

  /** From the request head to the backend's head; -1 if there was none. */
  long firstByteNanos() {
    return firstByteNanos == 0 ? -1 : firstByteNanos - begunNanos;
  }
}
