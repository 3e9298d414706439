package dev.sidelight.explainers.gateway;

import java.time.Duration;

/**
 * Bounds of one gateway.
 *
 * @param rowsQueuedMax rows waiting to be sent; beyond it new sessions are refused
 * @param bytesQueuedMax wire bytes of those rows
 * @param cacheBytesMax of answers kept, keys and bookkeeping included; 0 keeps none
 * @param cacheTtl of an answer where the backend tells its revision
 * @param cacheTtlUnversioned of an answer where it does not
 * @param rowsPerCallMax what the server takes in one call; 1 for a model without batching
 * @param bytesPerCallMax wire bytes of one call
 * @param inFlightMax calls under way at once
 * @param liveBudgetMillis what one call may add to a real request's wait; infinity switches it off
 */
public record GatewaySettings(
    int rowsQueuedMax,
    long bytesQueuedMax,
    long cacheBytesMax,
    Duration cacheTtl,
    Duration cacheTtlUnversioned,
    int rowsPerCallMax,
    long bytesPerCallMax,
    int inFlightMax,
    double liveBudgetMillis) {

  public GatewaySettings {
    atLeast("rows-queued-max", rowsQueuedMax, 1);
    atLeast("bytes-queued-max", bytesQueuedMax, 1);
    atLeast("cache-bytes-max", cacheBytesMax, 0);
    atLeast("cache-ttl", cacheTtl.toMillis(), 1);
    atLeast("cache-ttl-unversioned", cacheTtlUnversioned.toMillis(), 1);
    atLeast("rows-per-call-max", rowsPerCallMax, 1);
    atLeast("bytes-per-call-max", bytesPerCallMax, 1);
    atLeast("in-flight-max", inFlightMax, 1);
    if (!(liveBudgetMillis > 0)) { // written so that NaN is refused too
      throw new IllegalArgumentException(
          "explain.live-budget must be > 0 ms, got " + liveBudgetMillis);
    }
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "explain.%s must be >= %d, got %d".formatted(name, least, value));
    }
  }

  /**
   * The usual bounds, cut to what the heap can bear: rows waiting take at most an eighth of it,
   * cached answers at most an eighth, one call at most a 24th.
   *
   * @param heapBytes {@link Runtime#maxMemory()}
   */
  public static GatewaySettings forHeap(long heapBytes) {
    long share = Math.max(1 << 20, heapBytes / 8);
    // A waiting row costs about 100 bytes of bookkeeping beside its own bytes.
    int rows = (int) Math.min(1_000_000, Math.max(1_000, share / 100));
    return new GatewaySettings(
        rows,
        Math.min(256L << 20, share),
        Math.min(100L << 20, share),
        Duration.ofMinutes(10),
        Duration.ofSeconds(60),
        Integer.MAX_VALUE,
        Math.min(4L << 20, Math.max(64 << 10, share / 3)),
        8,
        8);
  }

  public GatewaySettings withLiveBudgetMillis(double millis) {
    return new GatewaySettings(
        rowsQueuedMax,
        bytesQueuedMax,
        cacheBytesMax,
        cacheTtl,
        cacheTtlUnversioned,
        rowsPerCallMax,
        bytesPerCallMax,
        inFlightMax,
        millis);
  }

  public GatewaySettings withRowsPerCallMax(int rows) {
    return new GatewaySettings(
        rowsQueuedMax,
        bytesQueuedMax,
        cacheBytesMax,
        cacheTtl,
        cacheTtlUnversioned,
        rows,
        bytesPerCallMax,
        inFlightMax,
        liveBudgetMillis);
  }
}
