package dev.sidelight.proxy.cli;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows for the models {@code wide} and {@code slow-wide}: too many columns to be enumerated. */
final class WideRows {

  static final int COLUMNS = 16;

  private WideRows() {}

  /** A background file with a header. */
  static String csv(int rows) {
    StringBuilder csv = new StringBuilder();
    for (int c = 0; c < COLUMNS; c++) {
      csv.append(c == 0 ? "" : ",").append("w").append(c);
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int r = 0; r < rows; r++) {
      csv.append("\r\n").append(row(random));
    }
    return csv.append("\r\n").toString();
  }

  private static String row(SplittableRandom random) {
    StringBuilder row = new StringBuilder();
    for (int c = 0; c < COLUMNS; c++) {
      row.append(c == 0 ? "" : ",").append(random.nextInt(-100, 100) / 64.0);
    }
    return row.toString();
  }

  /** A V1 body of one row. */
  static String body(long seed) {
    return body(seed, 1);
  }

  /** A V1 body of several rows. */
  static String body(long seed, int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, rows)
        .mapToObj(_ -> "[" + row(random) + "]")
        .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
  }
}
