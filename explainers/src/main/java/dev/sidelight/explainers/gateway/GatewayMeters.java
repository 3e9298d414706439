package dev.sidelight.explainers.gateway;

import java.util.Map;

/**
 * A reading of one gateway. Counts are since the start. At every moment {@code asked = sent +
 * cached + joined + dropped + queued}.
 *
 * @param logical rows with repeats
 * @param asked rows distinct within their round trip
 * @param sent rows that went to the backend, each counted once however often it was sent again
 * @param cached rows answered by the cache
 * @param joined rows that an equal row, already waiting or under way, answered
 * @param dropped rows that left the queue unsent: cancelled, expired, or the predictor was given up
 * @param queued rows waiting now, those of round trips waiting for room included
 * @param wasted rows sent whose askers had gone when the answer came
 * @param failed rows answered as failed
 * @param resent rows sent once more: retries, parts of refused batches, the noise probe
 * @param calls calls to the backend
 * @param retries calls repeated, by the kind of failure that made them so
 * @param queueWaitMillis summed over rows sent
 * @param yieldMillis time in which waiting rows gave way to live traffic
 * @param fixedMillis L of latency = L + c rows
 * @param perRowMillis c of the same
 * @param inFlightLimit W
 * @param liveRowsMax rows per call that live traffic allows; {@link Integer#MAX_VALUE}: no cap
 * @param inFlight calls under way now
 * @param sessions sessions open now
 */
public record GatewayMeters(
    long logical,
    long asked,
    long sent,
    long cached,
    long joined,
    long dropped,
    long queued,
    long wasted,
    long failed,
    long resent,
    long calls,
    Map<String, Long> retries,
    double queueWaitMillis,
    double yieldMillis,
    double fixedMillis,
    double perRowMillis,
    double inFlightLimit,
    int liveRowsMax,
    int inFlight,
    int sessions) {

  public GatewayMeters {
    retries = Map.copyOf(retries);
  }
}
