package dev.sidelight.explainers.gateway;

/**
 * What the proxy knows of real requests to the same backend. Lock-free; called before every batch.
 */
public interface LiveTraffic {

  /** Milliseconds since the last real request; {@link Long#MAX_VALUE} if there was none. */
  long idleMillis();

  /** Real requests finished in the last 10 s. */
  int requests();

  /** p99 of their upstream latency in the last 10 s, milliseconds; NaN below 50 requests. */
  double p99Millis();

  /** A backend whose live traffic cannot be seen: the live cap always holds. */
  LiveTraffic UNSEEN =
      new LiveTraffic() {
        @Override
        public long idleMillis() {
          return 0;
        }

        @Override
        public int requests() {
          return 0;
        }

        @Override
        public double p99Millis() {
          return Double.NaN;
        }
      };
}
