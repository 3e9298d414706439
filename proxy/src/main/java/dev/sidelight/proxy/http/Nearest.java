package dev.sidelight.proxy.http;

import java.util.Comparator;
import java.util.List;

/** Finds the known names that look most like one that is not known. */
final class Nearest {

  private Nearest() {}

  /**
   * @return at most {@code max} names, best first; none that shares less than half of its letters
   */
  static List<String> of(String wanted, List<String> known, int max) {
    record Scored(String name, int distance) {}
    String text = wanted.length() > 200 ? wanted.substring(0, 200) : wanted;
    return known.stream()
        .map(name -> new Scored(name, distance(text, name)))
        .filter(s -> s.distance() * 2 <= Math.max(text.length(), s.name().length()))
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
        .limit(max)
        .map(Scored::name)
        .toList();
  }

  /** Edits between two texts (Levenshtein 1966). O(a * b) time, O(b) space. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
