package dev.sidelight.proxy.demo;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The 8,000 rows of UCI Adult in the resource {@code adult.csv}, as text. No cell holds a comma or
 * a quote (a test looks), so a line is split at its commas.
 */
final class Census {

  /** The 12 inputs in the order of the file; the label follows them. */
  static final List<String> FEATURES =
      List.of(
          "age",
          "workclass",
          "education",
          "marital_status",
          "occupation",
          "relationship",
          "race",
          "sex",
          "capital_gain",
          "capital_loss",
          "hours_per_week",
          "country");

  static final int AGE = FEATURES.indexOf("age");
  static final int WORKCLASS = FEATURES.indexOf("workclass");
  static final int CAPITAL_GAIN = FEATURES.indexOf("capital_gain");
  static final int HOURS = FEATURES.indexOf("hours_per_week");

  /** The classes: place 0 and 1 of the model's probabilities. */
  static final List<String> LABELS = List.of("<=50K", ">50K");

  private static final List<Integer> NUMBERS =
      List.of(AGE, CAPITAL_GAIN, FEATURES.indexOf("capital_loss"), HOURS);

  private final List<List<String>> rows;

  private Census(List<List<String>> rows) {
    this.rows = rows;
  }

  static boolean isNumeric(int feature) {
    return NUMBERS.contains(feature);
  }

  /** Reads the resource; a program without it is broken, so that is not an answer to handle. */
  static Census load() {
    Map<String, String> pool = new HashMap<>(); // 8,000 rows share some 500 different texts
    List<List<String>> rows = new ArrayList<>();
    try (InputStream in = resource("adult.csv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.readLine(); // the header
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
          cells[i] = pool.computeIfAbsent(cells[i], text -> text);
        }
        rows.add(List.of(cells));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Census(List.copyOf(rows));
  }

  static InputStream resource(String name) throws IOException {
    InputStream in = Census.class.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException("the program lacks its resource " + name);
    }
    return in;
  }

  int size() {
    return rows.size();
  }

  /** The 12 inputs of row {@code row}, then its label. */
  List<String> row(int row) {
    return rows.get(row);
  }

  /** 1 where the label is {@code >50K}. */
  int label(int row) {
    return LABELS.indexOf(row(row).get(FEATURES.size()));
  }

  /** The numbers in one column. */
  double[] numbers(int feature) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row.get(feature))).toArray();
  }
}
