package dev.sidelight.explainers.gateway;

import dev.sidelight.core.predict.PredictorException.Kind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Counts of one gateway; see {@link GatewayMeters}. Guarded by the gateway's lock. */
final class Tally {

  long logical;
  long asked;
  long sent;
  long cached;
  long joined;
  long dropped;
  long wasted;
  long failed;
  long resent;
  long calls;
  long queueWaitNanos;
  long yieldNanos;
  private final Map<Kind, Long> retries = new EnumMap<>(Kind.class);

  void retried(Kind kind) {
    retries.merge(kind, 1L, Long::sum);
  }

  Map<String, Long> retries() {
    Map<String, Long> named = new HashMap<>();
    retries.forEach((kind, n) -> named.put(kind.name().toLowerCase(Locale.ROOT), n));
    return named;
  }
}
