package dev.sidelight.proxy.http;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts by upper bounds, for Prometheus. Lock-free; an observation costs some 20 ns. */
final class Histogram {

  /** Seconds, from 100 us to 60 s, as nanoseconds. */
  static final long[] NANOS = {
    100_000L,
    250_000L,
    500_000L,
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L,
    30_000_000_000L,
    60_000_000_000L
  };

  static final long[] BYTES = {
    256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 64 << 20
  };

  private final long[] bounds;
  private final double unit;
  private final AtomicLongArray counts;
  private final LongAdder sum = new LongAdder();

  private Histogram(long[] bounds, double unit) {
    this.bounds = bounds;
    this.unit = unit;
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  static Histogram ofNanos() {
    return new Histogram(NANOS, 1e-9);
  }

  static Histogram ofBytes() {
    return new Histogram(BYTES, 1);
  }

  void observe(long value) {
    int low = 0;
    int high = bounds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value <= bounds[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    counts.getAndIncrement(low);
    sum.add(Math.max(0, value));
  }

  long count() {
    long all = 0;
    for (int i = 0; i <= bounds.length; i++) {
      all += counts.get(i);
    }
    return all;
  }

  /**
   * Appends its lines.
   *
   * @param labels {@code model="a",variant=""} without braces, may be empty
   */
  void append(StringBuilder out, String name, String labels) {
    String more = labels.isEmpty() ? "" : labels + ",";
    long cumulative = 0;
    for (int i = 0; i < bounds.length; i++) {
      cumulative += counts.get(i);
      out.append(name).append("_bucket{").append(more).append("le=\"");
      out.append(number(bounds[i] * unit)).append("\"} ").append(cumulative).append('\n');
    }
    cumulative += counts.get(bounds.length);
    out.append(name).append("_bucket{").append(more).append("le=\"+Inf\"} ");
    out.append(cumulative).append('\n');
    String braces = labels.isEmpty() ? "" : "{" + labels + "}";
    out.append(name).append("_sum").append(braces).append(' ');
    out.append(number(sum.sum() * unit)).append('\n');
    out.append(name).append("_count").append(braces).append(' ').append(cumulative).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.9g", value).replaceFirst("0+$", "");
  }
}
