package dev.sidelight.logger.embedded;

import dev.sidelight.logger.StoredRequest;
import dev.sidelight.logger.filter.Constant;
import dev.sidelight.logger.filter.Op;
import dev.sidelight.logger.filter.RowField;
import dev.sidelight.logger.filter.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The terms that need the bodies: a request passes when they have every word, and one of its rows
 * fulfils all terms of rows. Used by one thread.
 */
final class RowFilter {

  private final @Nullable WordFilter words;
  private final List<Term.OfRow> terms;
  private final RowDecoder decoder;

  RowFilter(FilterSql filter, RowDecoder decoder) {
    words = filter.words().isEmpty() ? null : new WordFilter(filter.words());
    terms = filter.rowTerms();
    this.decoder = decoder;
  }

  boolean isEmpty() {
    return words == null && terms.isEmpty();
  }

  boolean passes(StoredRequest request) {
    return (words == null || words.passes(request)) && (terms.isEmpty() || hasRow(request));
  }

  private boolean hasRow(StoredRequest request) {
    List<DecodedRow> rows;
    try {
      rows = decoder.decode(request);
    } catch (RuntimeException unreadable) {
      return false; // a body that cannot be read has no row that fulfils anything
    }
    return rows.stream().anyMatch(this::passes);
  }

  private boolean passes(DecodedRow row) {
    for (Term.OfRow term : terms) {
      Object value = value(row, term.field());
      if (value == null || !holds(value, term.op(), term.value())) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Object value(DecodedRow row, RowField field) {
    return switch (field) {
      case RowField.Feature feature -> row.features().get(feature.name());
      case RowField.Prediction _ -> row.prediction();
      case RowField.Score _ -> Double.isNaN(row.score()) ? null : (Object) row.score();
    };
  }

  /** Numbers compare as numbers; a number and a word are unequal and have no order. */
  static boolean holds(Object value, Op op, Constant constant) {
    if (value instanceof Number number && constant instanceof Constant.Decimal decimal) {
      double left = number.doubleValue();
      return Double.isNaN(left)
          ? op == Op.NE
          : op.holds(Double.compare(left == 0 ? 0 : left, decimal.number()));
    }
    if (value instanceof Number || constant instanceof Constant.Decimal) {
      String word = constant instanceof Constant.Text text ? text.text() : constant.toString();
      return op.isEquality() && sameText(value, constant, word) == (op == Op.EQ);
    }
    String text = constant instanceof Constant.Text t ? t.text() : constant.toString();
    return op.holds(value.toString().compareTo(text));
  }

  /** A label that looks like a number, such as "1", is found by the bare number too. */
  private static boolean sameText(Object value, Constant constant, String word) {
    if (value.toString().equals(word)) {
      return true;
    }
    try {
      return constant instanceof Constant.Decimal decimal
          ? Double.parseDouble(value.toString()) == decimal.number()
          : Double.parseDouble(word) == Double.parseDouble(value.toString());
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }
}
