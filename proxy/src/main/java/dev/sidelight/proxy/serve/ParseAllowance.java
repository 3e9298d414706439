package dev.sidelight.proxy.serve;

/**
 * A token bucket over the log's own time: how many requests may be parsed, and for how many the
 * next one stands. Parsing costs by the byte, so a large request takes as many tokens as the small
 * ones it weighs. Not thread-safe.
 */
final class ParseAllowance {

  /** Bytes that one token pays for. */
  private static final int BYTES_PER_TOKEN = 2048;

  private final double burst;
  private final double perSecond;
  private double tokens;
  private long last = Long.MIN_VALUE;
  private long passed;

  /**
   * @param burst parsed at once at the start
   * @param perSecond after that
   */
  ParseAllowance(double burst, double perSecond) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.tokens = burst;
  }

  /**
   * One more request, at this time.
   *
   * @param bytes of its two bodies
   * @return 0: let it pass; else the number of requests it stands for, itself included
   */
  long take(long timeMicros, long bytes) {
    if (last != Long.MIN_VALUE && timeMicros > last) {
      tokens = Math.min(burst, tokens + perSecond * (timeMicros - last) / 1e6);
    }
    last = Math.max(last, timeMicros);
    passed++;
    if (tokens < 1) {
      return 0;
    }
    tokens -= 1 + bytes / BYTES_PER_TOKEN; // may go below zero: the next ones wait for it
    long weight = passed;
    passed = 0;
    return weight;
  }
}
