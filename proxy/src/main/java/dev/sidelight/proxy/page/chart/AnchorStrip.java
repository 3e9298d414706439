package dev.sidelight.proxy.page.chart;

import java.util.List;

/**
 * A rule as it grew.
 *
 * @param allPrecision share of rows with the same answer without any condition, in [0, 1]
 * @param clauses in the order they were added
 * @param threshold the precision that was asked for
 * @param low lower end of the whole rule's interval, <= its precision
 */
public record AnchorStrip(
    double allPrecision, List<Clause> clauses, double threshold, double low, double high) {

  /** Clauses drawn one by one. */
  static final int CLAUSES_MAX = 8;

  /**
   * One condition.
   *
   * @param precision of the rule up to it, in [0, 1]
   * @param coverage likewise
   */
  public record Clause(String text, double precision, double coverage) {
    public Clause {
      if (!isShare(precision) || !isShare(coverage)) {
        throw new IllegalArgumentException(
            "precision and coverage must be in [0, 1]: '" + text + "'");
      }
    }
  }

  public AnchorStrip {
    if (!isShare(allPrecision) || !isShare(threshold) || !isShare(low) || !isShare(high)) {
      throw new IllegalArgumentException(
          "shares must be in [0, 1], got %s, %s, %s, %s"
              .formatted(allPrecision, threshold, low, high));
    }
    clauses = List.copyOf(clauses);
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1; // so that NaN is refused too
  }

  /** At most eight; the last of them stands for all that are left. */
  List<Clause> shown() {
    if (clauses.size() <= CLAUSES_MAX) {
      return clauses;
    }
    Clause last = clauses.get(clauses.size() - 1);
    List<Clause> shown = new java.util.ArrayList<>(clauses.subList(0, CLAUSES_MAX - 1));
    int others = clauses.size() - CLAUSES_MAX + 1;
    shown.add(new Clause(others + " more conditions", last.precision(), last.coverage()));
    return shown;
  }
}
