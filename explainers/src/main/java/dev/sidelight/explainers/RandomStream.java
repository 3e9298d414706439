package dev.sidelight.explainers;

/**
 * Counter-based random numbers: the stream of (seed, purpose, index) is the same whatever was drawn
 * elsewhere, so results do not depend on threads or batch sizes. SplitMix64 (Steele, Lea, Flood
 * 2014).
 */
public final class RandomStream {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  public RandomStream(long seed, String purpose, long index) {
    state = mix(seed + GOLDEN * mix(purpose.hashCode() + GOLDEN * mix(index)));
  }

  private RandomStream(long state) {
    this.state = state;
  }

  /** Draw {@code index} of a stream made with {@link #key}; as cheap as an array element. */
  public static RandomStream at(long key, long index) {
    return new RandomStream(mix(key + GOLDEN * mix(index)));
  }

  /** A stream of streams: what was drawn for one index never moves another's numbers. */
  public static long key(long seed, String purpose) {
    return mix(seed + GOLDEN * mix(purpose.hashCode()));
  }

  /** The finaliser of SplitMix64: a bijection of 64 bits without visible structure. */
  public static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  public long next() {
    long value = mix(state);
    state += GOLDEN;
    return value;
  }

  /** Uniform on [0, bound), without the bias of a remainder (Lemire 2019). */
  public long below(long bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a random number needs a bound >= 1, got " + bound);
    }
    long threshold = Long.remainderUnsigned(-bound, bound);
    long drawn = next();
    while (Long.compareUnsigned(drawn * bound, threshold) < 0) {
      drawn = next();
    }
    return Math.unsignedMultiplyHigh(drawn, bound);
  }

  /** A uniform permutation of 0..n-1. */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = (int) below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
