package dev.sidelight.proxy.page.chart;

import java.util.List;

/**
 * Many attributions of each feature.
 *
 * @param rows features, most important first
 */
public record Swarm(List<Row> rows) {

  /** Features drawn. */
  static final int ROWS_MAX = 20;

  /** Dots drawn one by one; beyond them the picture shows how many there are where. */
  static final int DOTS_MAX = 2_000;

  /** One feature. */
  public record Row(String name, List<Dot> dots) {
    public Row {
      dots = List.copyOf(dots);
    }
  }

  /**
   * One row of one request.
   *
   * @param shade place of the feature's value among the others, in [0, 1]; NaN where values have no
   *     order
   * @param link where the request is; empty for none
   * @param label the value and what it added, in words
   */
  public record Dot(double phi, double shade, String link, String label) {
    public Dot {
      if (!Double.isFinite(phi)) {
        throw new IllegalArgumentException("a dot needs a finite place: " + label);
      }
    }
  }

  public Swarm {
    rows = List.copyOf(rows);
  }

  List<Row> shown() {
    return rows.subList(0, Math.min(ROWS_MAX, rows.size()));
  }

  boolean isDense() {
    return shown().stream().mapToInt(row -> row.dots().size()).sum() > DOTS_MAX;
  }
}
