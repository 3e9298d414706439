package dev.sidelight.proxy.serve;

/**
 * A token bucket over the log's own time: how many requests may be parsed, and for how many the
 * next one stands. Not thread-safe.
 */
final class ParseAllowance {

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
   * @return 0: let it pass; else the number of requests it stands for, itself included
   */
  long take(long timeMicros) {
    if (last != Long.MIN_VALUE && timeMicros > last) {
      tokens = Math.min(burst, tokens + perSecond * (timeMicros - last) / 1e6);
    }
    last = Math.max(last, timeMicros);
    passed++;
    if (tokens < 1) {
      return 0;
    }
    tokens -= 1;
    long weight = passed;
    passed = 0;
    return weight;
  }
}
