package dev.sidelight.proxy.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** "Did you mean": the known name that takes the fewest edits to reach. */
public final class NearestName {

  /** Beyond it a name is compared by its beginning: callers choose names. */
  private static final int LENGTH_MAX = 200;

  private NearestName() {}

  /** Empty when nothing known is within about a third of the name's length. */
  public static Optional<String> of(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
        .filter(k -> distance(name, k) <= Math.max(2, Math.max(name.length(), k.length()) / 3));
  }

  /**
   * Of long names, such as paths.
   *
   * @return at most {@code max} names, best first; none that shares less than half of its letters
   */
  public static List<String> several(String name, Collection<String> known, int max) {
    String text = name.length() > LENGTH_MAX ? name.substring(0, LENGTH_MAX) : name;
    return known.stream()
        .filter(k -> distance(text, k) * 2 <= Math.max(text.length(), k.length()))
        .sorted(Comparator.comparingInt((String k) -> distance(text, k)).thenComparing(k -> k))
        .limit(max)
        .toList();
  }

  /** Levenshtein's distance; names are short. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
