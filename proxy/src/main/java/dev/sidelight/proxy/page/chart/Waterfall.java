package dev.sidelight.proxy.page.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What moves an average to a prediction.
 *
 * @param baseline where it begins
 * @param prediction where it ends: the baseline plus all bars
 * @param bars in any order
 */
public record Waterfall(double baseline, double prediction, List<Bar> bars) {

  /** Bars drawn one by one; the rest are summed into one. */
  static final int BARS_MAX = 10;

  /**
   * One feature's part.
   *
   * @param value as people read it; empty for none
   * @param low the interval's lower end, <= {@code phi}; equal ends draw no whisker
   */
  public record Bar(String name, String value, double phi, double low, double high) {
    public Bar {
      if (!Double.isFinite(phi) || !Double.isFinite(low) || !Double.isFinite(high)) {
        throw new IllegalArgumentException("a bar needs finite numbers: '" + name + "'");
      }
    }
  }

  public Waterfall {
    if (!Double.isFinite(baseline) || !Double.isFinite(prediction)) {
      throw new IllegalArgumentException(
          "a waterfall needs finite ends, got " + baseline + " and " + prediction);
    }
    bars = List.copyOf(bars);
  }

  /** At most ten bars by size, equal ones in their order, and one for the sum of the others. */
  List<Bar> shown() {
    List<Bar> sorted = new ArrayList<>(bars);
    sorted.sort(Comparator.comparingDouble(bar -> -Math.abs(bar.phi())));
    if (sorted.size() <= BARS_MAX) {
      return sorted;
    }
    List<Bar> shown = new ArrayList<>(sorted.subList(0, BARS_MAX - 1));
    double rest = 0;
    for (Bar bar : sorted.subList(BARS_MAX - 1, sorted.size())) {
      rest += bar.phi();
    }
    shown.add(new Bar((sorted.size() - BARS_MAX + 1) + " others", "", rest, rest, rest));
    return shown;
  }
}
