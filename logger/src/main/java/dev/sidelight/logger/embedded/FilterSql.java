package dev.sidelight.logger.embedded;

import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.filter.Column;
import dev.sidelight.logger.filter.Constant;
import dev.sidelight.logger.filter.Filter;
import dev.sidelight.logger.filter.Op;
import dev.sidelight.logger.filter.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A filter as this store asks it. The SQL text is made of our own constants only; whatever the
 * caller wrote is a bound parameter.
 *
 * @param where conditions on {@code event}, joined by AND
 * @param parameters Long, String, Double or byte[], in order
 * @param match full-text query, empty for none
 * @param rowTerms evaluated on decoded bodies
 * @param times where a search begins and ends; the conditions say the same
 */
record FilterSql(
    String where,
    List<Object> parameters,
    String match,
    List<Term.OfRow> rowTerms,
    TimeRange times) {

  FilterSql {
    parameters = List.copyOf(parameters);
    rowTerms = List.copyOf(rowTerms);
  }

  static FilterSql of(Filter filter) {
    List<String> conditions = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    List<Term.OfRow> rowTerms = new ArrayList<>();
    boolean asksSynthetic = false;
    conditions.add("kind = " + Schema.EXCHANGE);
    for (Term term : filter.terms()) {
      switch (term) {
        case Term.OfColumn column -> {
          conditions.add(condition(column, parameters));
          asksSynthetic |= column.column() == Column.SYNTHETIC;
        }
        case Term.OfText text -> tokens.addAll(tokens(text.word()));
        case Term.OfRow row -> rowTerms.add(row);
      }
    }
    if (!asksSynthetic) {
      conditions.add("(marks & " + Schema.MARK_SYNTHETIC + ") = 0");
    }
    String match = String.join(" AND ", tokens);
    return new FilterSql(
        String.join(" AND ", conditions), parameters, match, rowTerms, TimeRange.of(filter));
  }

  private static String condition(Term.OfColumn term, List<Object> parameters) {
    if (term.column() == Column.OUTCOME
        && term.op() == Op.NE
        && term.value().equals(new Constant.Text("success"))) {
      return "outcome <> 'success'"; // only a literal lets the partial index be used
    }
    parameters.add(parameter(term.value()));
    String sign = term.op() == Op.NE ? "<>" : term.op().sign();
    return expression(term.column()) + " " + sign + " ?";
  }

  private static String expression(Column column) {
    return switch (column) {
      case TIME -> "time_us";
      case LATENCY -> "latency_us";
      case UPSTREAM_LATENCY -> "upstream_us";
      case BYTES -> "(request_bytes + response_bytes)";
      case ROWS -> "nullif(rows, -1)"; // unknown compares with nothing
      case GRPC_STATUS -> "nullif(grpc_status, -1)";
      case SYNTHETIC -> marked(Schema.MARK_SYNTHETIC);
      case TRUNCATED -> marked(Schema.MARK_REQUEST_CUT | Schema.MARK_RESPONSE_CUT);
      case REDACTED -> marked(Schema.MARK_REDACTED);
      case HISTORY -> marked(Schema.MARK_HISTORY);
      default -> column.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String marked(int bits) {
    return "((marks & " + bits + ") <> 0)";
  }

  private static Object parameter(Constant value) {
    return switch (value) {
      case Constant.Text text -> text.text();
      case Constant.Decimal decimal -> decimal.number();
      case Constant.Whole whole -> whole.number();
      case Constant.Duration duration -> duration.micros();
      case Constant.Time time -> time.micros();
      case Constant.Id id -> EventBinder.bytes(id.id());
      case Constant.Flag flag -> flag.set() ? 1L : 0L;
    };
  }

  /**
   * The tokens of a word as FTS5's unicode61 cuts them, each quoted: letters, numbers and private
   * use stay together, marks belong to the letter before.
   */
  static List<String> tokens(String word) {
    List<String> tokens = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    word.codePoints()
        .forEach(
            c -> {
              if (isToken(c, !token.isEmpty())) {
                token.appendCodePoint(c);
              } else {
                flush(token, tokens);
              }
            });
    flush(token, tokens);
    if (tokens.isEmpty()) {
      throw new QueryException(
          "query_syntax", -1, List.of("a word"), "there is nothing to search for in this word");
    }
    return tokens;
  }

  private static void flush(StringBuilder token, List<String> tokens) {
    if (!token.isEmpty()) {
      tokens.add('"' + token.toString() + '"');
      token.setLength(0);
    }
  }

  private static boolean isToken(int c, boolean isInside) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.PRIVATE_USE ->
          true;
      // the only marks unicode61 takes for part of a letter; the others divide words
      case Character.NON_SPACING_MARK -> isInside && c >= 0x300 && c <= 0x331;
      default -> false;
    };
  }
}
