package dev.sidelight.proxy.page.chart;

import java.util.Comparator;
import java.util.List;

/**
 * Sizes with their intervals.
 *
 * @param title what they are sizes of
 * @param bars in any order
 */
public record Bars(String title, List<Bar> bars) {

  /** Bars drawn. */
  public static final int BARS_MAX = 20;

  /**
   * One feature's size.
   *
   * @param size >= 0
   * @param low the interval's lower end; equal ends draw no whisker
   * @param floor what cannot be told from zero; 0 draws no mark
   */
  public record Bar(String name, double size, double low, double high, double floor) {
    public Bar {
      if (!(size >= 0) || !Double.isFinite(size + low + high + floor)) {
        throw new IllegalArgumentException("a bar needs finite sizes >= 0: '" + name + "'");
      }
    }
  }

  public Bars {
    bars = List.copyOf(bars);
  }

  /** The twenty largest, equal ones in their order. */
  List<Bar> shown() {
    return bars.stream()
        .sorted(Comparator.comparingDouble(bar -> -bar.size()))
        .limit(BARS_MAX)
        .toList();
  }
}
