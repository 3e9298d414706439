package dev.sidelight.proxy.page;

import dev.sidelight.logger.RequestSummary;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.serve.RowView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of the table.
 *
 * @param rows decoded; empty where the bodies cannot be read
 * @param explained row number and short method name of what was explained, in order of rows
 */
record RequestLine(RequestSummary summary, List<RowView> rows, Map<Integer, String> explained) {

  RequestLine {
    rows = List.copyOf(rows);
    explained = new TreeMap<>(explained);
  }

  boolean succeeded() {
    return summary.status() >= 200 && summary.status() < 300;
  }

  boolean isExplainable() {
    return succeeded() && !rows.isEmpty() && !rows.get(0).prediction().isEmpty();
  }

  /** The answer in a few words: a label, {@code 12 of 16 <=50K}, or what went wrong. */
  String prediction() {
    if (!succeeded()) {
      return summary.outcome().replace('_', ' ');
    }
    if (rows.isEmpty() || rows.get(0).prediction().isEmpty()) {
      return "";
    }
    if (rows.size() == 1) {
      return answer(rows.get(0));
    }
    if (rows.get(0).probabilities().isEmpty()) {
      return rows.size() + " values";
    }
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(row.prediction(), 1, Integer::sum));
    Map.Entry<String, Integer> most =
        counts.entrySet().stream().max(Comparator.comparingInt(Map.Entry::getValue)).orElseThrow();
    return most.getValue() + " of " + rows.size() + " " + most.getKey();
  }

  /** A label as it is; a number as prose has it. */
  static String answer(RowView row) {
    if (row.probabilities().isEmpty()) {
      try {
        return Figures.prose(Double.parseDouble(row.prediction()));
      } catch (NumberFormatException e) {
        return row.prediction();
      }
    }
    return row.prediction();
  }

  /** Of the prediction; empty where there is none or there are several. */
  String score() {
    boolean one = rows.size() == 1 && Double.isFinite(rows.get(0).score());
    return one ? Figures.score(rows.get(0).score()) : "";
  }
}
