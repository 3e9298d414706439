package dev.sidelight.explainers.gateway;

/**
 * How many rows the next call holds: what the server takes, what live traffic allows, what fits 4
 * MB, and no more than 9 L/c, where L is a tenth of the call. Until c is known the size doubles
 * from 64. Not thread-safe.
 */
final class BatchSizer {

  static final int START = 64;
  private static final int UNKNOWN_MAX = 1 << 16;
  private static final int ALIKE = 16;

  /** A cap learned from refusals is tried again after so many calls that filled it. */
  private static final int CALLS_TO_FORGET = 200;

  private final LatencyFit fit;
  private final long bytesMax;
  private int serverMax;
  private int learnedMax = Integer.MAX_VALUE;
  private int callsAtMax;
  private int unknownMax = START;
  private int smallest = Integer.MAX_VALUE;
  private int largest;
  private int alike;
  private boolean smaller;

  BatchSizer(LatencyFit fit, GatewaySettings settings) {
    this.fit = fit;
    this.bytesMax = settings.bytesPerCallMax();
    this.serverMax = settings.rowsPerCallMax();
  }

  int rows(int rowBytes, int liveMax) {
    double knee = fit.isKnown() ? 9 * fit.fixed() / fit.perRow() : unknownMax;
    long wanted = (long) Math.clamp(knee, START, 1e9);
    long bytesFit = Math.max(1, bytesMax / rowBytes);
    long rows = Math.min(Math.min(wanted, bytesFit), Math.min(serverMax(), liveMax));
    return (int) Math.max(1, vary(rows));
  }

  int serverMax() {
    return Math.min(serverMax, learnedMax);
  }

  void serverMax(int rows) {
    serverMax = rows;
  }

  /* Calls of one size cannot tell L from c: every other one is a quarter smaller then. */
  private long vary(long rows) {
    if (alike < ALIKE) {
      return rows;
    }
    smaller = !smaller;
    return smaller ? Math.max(1, rows * 3 / 4) : rows;
  }

  void answered(int rows) {
    if (!fit.isKnown() && rows >= unknownMax * 3L / 4) {
      unknownMax = Math.min(UNKNOWN_MAX, 2 * unknownMax);
    }
    smallest = Math.min(smallest, rows);
    largest = Math.max(largest, rows);
    if (largest * 9L > smallest * 10L) {
      alike = alike >= ALIKE && largest * 7L <= smallest * 10L ? alike : 0;
      smallest = rows;
      largest = rows;
    } else {
      alike++;
    }
    if (rows >= learnedMax && ++callsAtMax >= CALLS_TO_FORGET) {
      learnedMax = Math.min(Integer.MAX_VALUE / 2, learnedMax) * 2;
      callsAtMax = 0;
    }
  }

  /** The server said that these were too many, or showed it by taking both halves. */
  void lower(int rows) {
    learnedMax = Math.max(1, Math.min(learnedMax, rows));
    callsAtMax = 0;
  }

  void reset() {
    learnedMax = Integer.MAX_VALUE;
    unknownMax = START;
    alike = 0;
    smallest = Integer.MAX_VALUE;
    largest = 0;
  }
}
