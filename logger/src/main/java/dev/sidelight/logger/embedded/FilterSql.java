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
import java.util.UUID;

/**
 * A filter as this store asks it. The SQL text is made of our own constants only; whatever the
 * caller wrote is a bound parameter.
 *
 * @param where conditions on {@code event}, joined by AND
 * @param parameters Long, String, Double or byte[], in order
 * @param words every one must be in a body
 * @param match full-text query: blocks of events without a match need not be looked at; empty where
 *     no word is in the index
 * @param rowTerms evaluated on decoded bodies
 * @param times where a search begins and ends; the conditions say the same
 */
record FilterSql(
    String where,
    List<Object> parameters,
    List<String> words,
    String match,
    List<Term.OfRow> rowTerms,
    TimeRange times) {

  /** The caller's, else the event's own as a UUID is written. */
  private static final String REQUEST_ID =
      "ifnull(request_id, lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' ||"
          + " substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id),"
          + " 21)))";

  FilterSql {
    parameters = List.copyOf(parameters);
    words = List.copyOf(words);
    rowTerms = List.copyOf(rowTerms);
  }

  static FilterSql of(Filter filter) {
    List<String> conditions = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<Term.OfRow> rowTerms = new ArrayList<>();
    boolean asksSynthetic = false;
    conditions.add("kind = " + Schema.EXCHANGE);
    for (Term term : filter.terms()) {
      switch (term) {
        case Term.OfColumn column -> {
          conditions.add(condition(column, parameters));
          asksSynthetic |= column.column() == Column.SYNTHETIC;
        }
        case Term.OfText text -> words.addAll(words(text.word()));
        case Term.OfRow row -> rowTerms.add(row);
      }
    }
    if (!asksSynthetic) {
      conditions.add("(marks & " + Schema.MARK_SYNTHETIC + ") = 0");
    }
    return new FilterSql(
        String.join(" AND ", conditions),
        parameters,
        words,
        match(words),
        rowTerms,
        TimeRange.of(filter));
  }

  private static String condition(Term.OfColumn term, List<Object> parameters) {
    if (term.column() == Column.OUTCOME
        && term.op() == Op.NE
        && term.value().equals(new Constant.Text("success"))) {
      return "outcome <> 'success'"; // only a literal lets the partial index be used
    }
    if (term.column() == Column.REQUEST_ID
        && term.op() == Op.EQ
        && term.value() instanceof Constant.Text id) {
      return requestId(id.text(), parameters);
    }
    parameters.add(parameter(term.value()));
    String sign = term.op() == Op.NE ? "<>" : term.op().sign();
    return expression(term.column()) + " " + sign + " ?";
  }

  /** Both ways of asking have an index. */
  private static String requestId(String value, List<Object> parameters) {
    parameters.add(value);
    try {
      UUID id = UUID.fromString(value);
      if (id.toString().equals(value)) {
        parameters.add(EventBinder.bytes(id));
        return "(request_id = ? OR (id = ? AND request_id IS NULL))";
      }
    } catch (IllegalArgumentException aCallersId) {
      // never the event's own
    }
    return "request_id = ?";
  }

  private static String expression(Column column) {
    return switch (column) {
      case TIME -> "time_us";
      case LATENCY -> "latency_us";
      case UPSTREAM_LATENCY -> "upstream_us";
      case BYTES -> "(request_bytes + response_bytes)";
      case ROWS -> "nullif(rows, -1)"; // unknown compares with nothing
      case GRPC_STATUS -> "nullif(grpc_status, -1)";
      case REQUEST_ID -> REQUEST_ID;
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

  /** What {@link Words} makes of a word. */
  private static List<String> words(String text) {
    List<String> all = new ArrayList<>();
    Words words = new Words();
    words.of(Words.folded(text));
    while (words.next()) {
      all.add(words.toString());
    }
    if (all.isEmpty()) {
      throw new QueryException(
          "query_syntax", -1, List.of("a word"), "there is nothing to search for in this word");
    }
    return all;
  }

  /** Those words that are in the index, each quoted, for a document that has them all. */
  private static String match(List<String> all) {
    List<String> tokens = new ArrayList<>();
    Words words = new Words();
    for (String each : all) {
      words.of(each);
      if (words.next() && words.isIndexed()) {
        tokens.add('"' + each + '"');
      }
    }
    return String.join(" AND ", tokens);
  }
}
