package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.Cost;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts explanations, for metrics. Thread-safe. */
public final class ExplainMeters {

  /**
   * What is counted apart.
   *
   * @param outcome {@code exact}, {@code converged}, {@code rows}, ... or {@code failed}
   */
  public record Key(String model, String method, String outcome) {}

  /** Totals under one key. */
  public static final class Totals {
    private final LongAdder count = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder roundTrips = new LongAdder();
    private final LongAdder millis = new LongAdder();

    public long count() {
      return count.sum();
    }

    /** Predictor rows asked. */
    public long rows() {
      return rows.sum();
    }

    public long roundTrips() {
      return roundTrips.sum();
    }

    public long millis() {
      return millis.sum();
    }
  }

  private final Map<Key, Totals> totals = new ConcurrentHashMap<>();
  private final LongAdder droppedFollowers = new LongAdder();

  void count(Key key, Cost cost) {
    Totals t = totals.computeIfAbsent(key, k -> new Totals());
    t.count.increment();
    t.rows.add(cost.rowsAsked());
    t.roundTrips.add(cost.roundTrips());
    t.millis.add(cost.millis());
  }

  public Map<Key, Totals> totals() {
    return Map.copyOf(totals);
  }

  /** A client that followed an explanation did not read and was dropped. */
  public void followerDropped() {
    droppedFollowers.increment();
  }

  public long droppedFollowers() {
    return droppedFollowers.sum();
  }
}
