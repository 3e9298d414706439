package dev.sidelight.proxy.serve;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Live requests to one backend over the last 10 s: a ring of one-second histograms with logarithmic
 * buckets (16 to an octave, so a percentile is at most 6.25 % too high). Lock-free: two atomic
 * increments per request. A count that races with the turn of a second may be lost.
 */
public final class RecentLoad implements LiveLoad {

  private static final int SECONDS = 10;
  private static final int SLOTS = SECONDS + 1;
  private static final int SUB_BITS = 4;

  /** Up to 2^36 microseconds, 19 hours. */
  private static final int BUCKETS = (36 - SUB_BITS + 1) << SUB_BITS;

  private static final int REQUESTS_FOR_P99 = 50;

  private final LongSupplier nanos;
  private final AtomicLong lastNanos = new AtomicLong(Long.MIN_VALUE);
  private final AtomicIntegerArray counts = new AtomicIntegerArray(SLOTS * BUCKETS);
  private final AtomicLongArray seconds = new AtomicLongArray(SLOTS);

  /**
   * @param nanos a monotonic clock
   */
  public RecentLoad(LongSupplier nanos) {
    this.nanos = nanos;
    for (int i = 0; i < SLOTS; i++) {
      seconds.set(i, Long.MIN_VALUE);
    }
  }

  @Override
  public void began() {
    lastNanos.lazySet(nanos.getAsLong());
  }

  @Override
  public void ended(long upstreamMicros) {
    long now = nanos.getAsLong();
    lastNanos.lazySet(now);
    long second = Math.floorDiv(now, TimeUnit.SECONDS.toNanos(1));
    int slot = (int) Math.floorMod(second, (long) SLOTS);
    long was = seconds.get(slot);
    if (was != second && seconds.compareAndSet(slot, was, second)) {
      for (int i = 0; i < BUCKETS; i++) {
        counts.set(slot * BUCKETS + i, 0);
      }
    }
    counts.getAndIncrement(slot * BUCKETS + bucketOf(upstreamMicros));
  }

  @Override
  public long idleMillis() {
    long last = lastNanos.get();
    return last == Long.MIN_VALUE
        ? Long.MAX_VALUE
        : Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - last));
  }

  @Override
  public int requests() {
    int all = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (isRecent(slot)) {
        for (int i = 0; i < BUCKETS; i++) {
          all += counts.get(slot * BUCKETS + i);
        }
      }
    }
    return all;
  }

  @Override
  public double p99Millis() {
    int[] sums = new int[BUCKETS];
    int all = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (isRecent(slot)) {
        for (int i = 0; i < BUCKETS; i++) {
          int count = counts.get(slot * BUCKETS + i);
          sums[i] += count;
          all += count;
        }
      }
    }
    if (all < REQUESTS_FOR_P99) {
      return Double.NaN;
    }
    int above = all - (int) Math.ceil(all * 0.99);
    int i = BUCKETS - 1;
    for (int seen = sums[i]; seen <= above && i > 0; seen += sums[i]) {
      i--;
    }
    return highestOf(i) / 1000.0;
  }

  private boolean isRecent(int slot) {
    long second = Math.floorDiv(nanos.getAsLong(), TimeUnit.SECONDS.toNanos(1));
    long age = second - seconds.get(slot);
    return age >= 0 && age < SECONDS;
  }

  static int bucketOf(long micros) {
    long value = Math.max(0, Math.min(micros, (1L << 36) - 1));
    if (value < (1 << SUB_BITS)) {
      return (int) value;
    }
    int octave = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
    return ((octave + 1) << SUB_BITS) + (int) ((value >>> octave) & ((1 << SUB_BITS) - 1));
  }

  /** The largest value that falls into the bucket. */
  static long highestOf(int bucket) {
    if (bucket < (1 << SUB_BITS)) {
      return bucket;
    }
    int octave = (bucket >> SUB_BITS) - 1;
    long low = (long) ((1 << SUB_BITS) + (bucket & ((1 << SUB_BITS) - 1))) << octave;
    return low + (1L << octave) - 1;
  }
}
