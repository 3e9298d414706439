package dev.sidelight.proxy.cli;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A function of four columns that is not additive in any two of them, and its Shapley values. */
final class TinyFunction {

  static final List<String> NAMES = List.of("a", "b", "c", "d");

  /** Texts that a sloppy encoder would change. */
  static final List<String> LABELS =
      List.of("a <b & c>", " blank  s ", "Größe 😀", "\"q\\", "", "plain");

  private TinyFunction() {}

  /** One row as it is sent. */
  record Row(double a, long b, String c, double d) {

    Object value(int column) {
      return switch (column) {
        case 0 -> a;
        case 1 -> b;
        case 2 -> c;
        default -> d;
      };
    }

    /** This row where the bit of a column is set, the other one elsewhere. */
    Row mixed(Row other, int mask) {
      return new Row(
          (mask & 1) != 0 ? a : other.a,
          (mask & 2) != 0 ? b : other.b,
          (mask & 4) != 0 ? c : other.c,
          (mask & 8) != 0 ? d : other.d);
    }
  }

  static double f(Row row) {
    return row.a * row.b
        + weight(row.c) * row.a * row.d
        + Math.max((double) row.b, row.d)
        + weight(row.c) * 3;
  }

  /** f squeezed into (0, 1). */
  static double probability(Row row) {
    return 1 / (1 + Math.exp(-f(row) / 10));
  }

  private static double weight(String label) {
    int at = LABELS.indexOf(label);
    return at < 0 ? Double.NaN : 1.7 * at * at - 4 * at + 0.25;
  }

  static Row row(int i) {
    return new Row(
        1 + (i * 37 % 101) / 8.0, i * 7919 % 23 - 5, LABELS.get(i * 5 % 6), (i * 53 % 97) / 16.0);
  }

  /** The mean over the background, then the value of every column, by enumeration. */
  static double[] shapley(List<Row> background, Row x, ToDoubleFunction<Row> model) {
    double[] v = new double[16];
    for (int mask = 0; mask < 16; mask++) {
      for (Row b : background) {
        v[mask] += model.applyAsDouble(x.mixed(b, mask)) / background.size();
      }
    }
    double[] values = new double[5];
    values[0] = v[0];
    double[] weights = {1 / 4.0, 1 / 12.0, 1 / 12.0, 1 / 4.0}; // s! (3 - s)! / 4!
    for (int i = 0; i < 4; i++) {
      for (int mask = 0; mask < 16; mask++) {
        if ((mask >> i & 1) == 0) {
          values[i + 1] += weights[Integer.bitCount(mask)] * (v[mask | 1 << i] - v[mask]);
        }
      }
    }
    return values;
  }
}
