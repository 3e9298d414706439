package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds runs of 0/1 columns of which exactly one is 1 in every row. Kept: which columns are 0/1,
 * and the distinct patterns of ones, the first 20,000 of them.
 */
final class OneHotSearch {

  /** Fewer rows prove nothing. */
  static final int ROWS_MIN = 500;

  private static final int PATTERNS_MAX = 20_000;

  /**
   * @param groups runs that share a name prefix
   * @param suggested runs that do not
   */
  record Found(List<FeatureGroup> groups, List<FeatureGroup> suggested) {}

  private final BitSet notBinary = new BitSet();
  private final Set<BitSet> patterns = new HashSet<>();
  private int width;
  private long rows;

  void add(Instances batch) {
    width = batch.width();
    rows += batch.rows();
    for (int r = 0; r < batch.rows(); r++) {
      BitSet ones = new BitSet(width);
      int column = 0;
      for (NamedTensor named : batch.tensors()) {
        Tensor tensor = named.tensor();
        for (int c = 0; c < tensor.width(); c++, column++) {
          double value = tensor.number(r, c);
          if (value == 1) {
            ones.set(column);
          } else if (value != 0 || tensor.type() == DataType.BYTES) {
            notBinary.set(column);
          }
        }
      }
      ones.andNot(notBinary);
      if (patterns.size() < PATTERNS_MAX) {
        patterns.add(ones);
      }
    }
  }

  Found found(List<String> names) {
    List<FeatureGroup> groups = new ArrayList<>();
    List<FeatureGroup> suggested = new ArrayList<>();
    int start = 0;
    while (rows >= ROWS_MIN && start < width) {
      int end = Math.max(prefixRun(names, start), start + 1);
      if (end - start >= 2 && isOneHot(start, end)) {
        groups.add(group(names, start, end));
        start = end;
        continue;
      }
      int bare = end - start >= 2 ? start : plainRun(start);
      if (bare - start >= 2) {
        suggested.add(group(names, start, bare));
        start = bare;
      } else {
        start++;
      }
    }
    return new Found(List.copyOf(groups), List.copyOf(suggested));
  }

  /** End of the 0/1 columns from {@code start} on that share its prefix. */
  private int prefixRun(List<String> names, int start) {
    String prefix = prefix(names.get(start));
    int end = start;
    while (!prefix.isEmpty()
        && end < width
        && !notBinary.get(end)
        && prefix(names.get(end)).equals(prefix)) {
      end++;
    }
    return end;
  }

  /** End of the shortest run from {@code start} on whose every row sums to 1; start if none. */
  private int plainRun(int start) {
    for (int end = start + 1; end <= width && !notBinary.get(end - 1); end++) {
      if (end - start >= 2 && isOneHot(start, end)) {
        return end;
      }
    }
    return start;
  }

  private boolean isOneHot(int start, int end) {
    BitSet used = new BitSet();
    for (BitSet pattern : patterns) {
      if (pattern.get(start, end).cardinality() != 1) {
        return false;
      }
      used.set(pattern.nextSetBit(start));
    }
    return used.cardinality() > 1; // one column of 1 beside columns of 0 is no category
  }

  private static FeatureGroup group(List<String> names, int start, int end) {
    List<Integer> members = new ArrayList<>();
    for (int c = start; c < end; c++) {
      members.add(c);
    }
    String prefix = prefix(names.get(start));
    boolean named =
        !prefix.isEmpty() && names.subList(start, end).stream().noneMatch(prefix::equals);
    String name = named ? prefix : names.get(start) + ".." + names.get(end - 1);
    return new FeatureGroup(name, members, true);
  }

  /** {@code country} of {@code country_US} and {@code country=US}; empty where there is none. */
  private static String prefix(String name) {
    int cut = Math.max(name.lastIndexOf('_'), name.lastIndexOf('='));
    return cut < 0 ? "" : name.substring(0, cut);
  }
}
