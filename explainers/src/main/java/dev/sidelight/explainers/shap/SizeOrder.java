package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pairs (S, complement) with |S| = s in a seeded random order without repetition. A longer
 * prefix keeps the shorter one, so a later round never throws an earlier one away.
 *
 * <p>For s = n/2 both halves of a pair have that size; player 0 is fixed inside S.
 */
final class SizeOrder {

  /** Up to here the order is a lazy Fisher-Yates over ranks; beyond, repeats are rare enough. */
  private static final long RANKED_MAX = 1L << 40;

  private final int players;
  private final int size;
  private final int fixed;
  private final long pairs;
  private final RandomStream random;
  private final List<Coalition> drawn = new ArrayList<>();
  private final Map<Long, Long> swapped = new HashMap<>();
  private final Set<Coalition> seen = new HashSet<>();

  SizeOrder(int players, int size, long seed) {
    this.players = players;
    this.size = size;
    this.fixed = 2 * size == players ? 1 : 0;
    this.pairs = Binomials.choose(players - fixed, size - fixed);
    this.random = new RandomStream(seed, "design", size);
  }

  /** How many there are, {@link Binomials#MANY} at most. */
  long pairs() {
    return pairs;
  }

  /** The j-th coalition of this size, 0 <= j < {@link #pairs()}. */
  Coalition get(int j) {
    while (drawn.size() <= j) {
      drawn.add(pairs <= RANKED_MAX ? nextRanked() : nextUnseen());
    }
    return drawn.get(j);
  }

  private Coalition nextRanked() {
    long at = drawn.size();
    long other = at + random.below(pairs - at);
    long rank = swapped.getOrDefault(other, other);
    swapped.put(other, swapped.getOrDefault(at, at));
    swapped.remove(at);
    return unrank(rank);
  }

  /** Combination number {@code rank} in lexicographic order. */
  private Coalition unrank(long rank) {
    Coalition coalition = Coalition.of(players, fixed == 1 ? new int[] {0} : new int[0]);
    int missing = size - fixed;
    long left = rank;
    for (int p = fixed; missing > 0; p++) {
      long withP = Binomials.choose(players - p - 1, missing - 1);
      if (left < withP) {
        coalition.words()[p >>> 6] |= 1L << p;
        missing--;
      } else {
        left -= withP;
      }
    }
    return coalition;
  }

  private Coalition nextUnseen() {
    Coalition coalition = floyd();
    while (!seen.add(coalition)) {
      coalition = floyd();
    }
    return coalition;
  }

  /** A uniform subset by Floyd's algorithm (Bentley 1987). */
  private Coalition floyd() {
    Coalition coalition = Coalition.of(players, fixed == 1 ? new int[] {0} : new int[0]);
    int missing = size - fixed;
    for (int top = players - missing; top < players; top++) {
      int candidate = fixed + (int) random.below(top - fixed + 1);
      int chosen = coalition.has(candidate) ? top : candidate;
      coalition.words()[chosen >>> 6] |= 1L << chosen;
    }
    return coalition;
  }
}
