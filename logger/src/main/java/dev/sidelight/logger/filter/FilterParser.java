package dev.sidelight.logger.filter;

import dev.sidelight.logger.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Recursive descent, one method per rule of the grammar in {@link Filter}. Used once. */
final class FilterParser {

  static final int LENGTH_MAX = 4096;
  static final int TERMS_MAX = 32;

  private static final String FEATURES = "features.";

  private final String text;
  private int at;

  FilterParser(String text) {
    this.text = text;
  }

  Filter parse() {
    if (text.length() > LENGTH_MAX) {
      throw error(LENGTH_MAX, "the filter is longer than " + LENGTH_MAX + " characters");
    }
    List<Term> terms = new ArrayList<>();
    blanks();
    if (atEnd()) {
      return Filter.ALL;
    }
    terms.add(term());
    while (!atEnd()) {
      and();
      if (terms.size() == TERMS_MAX) {
        throw error(at, "the filter has more than " + TERMS_MAX + " terms");
      }
      terms.add(term());
    }
    return new Filter(terms);
  }

  private void and() {
    int start = at;
    if (!name().equalsIgnoreCase("and")) {
      throw error(start, "expected 'and' or the end", "and", "end of the filter");
    }
    blanks();
  }

  private Term term() {
    int start = at;
    String name = name();
    if (name.startsWith(FEATURES)) {
      String feature = name.substring(FEATURES.length());
      return rowTerm(new RowField.Feature(feature.isEmpty() ? quotedName() : feature));
    }
    String word = name.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "text" -> textTerm();
      case "prediction" -> rowTerm(new RowField.Prediction());
      case "score" -> rowTerm(new RowField.Score());
      default -> columnTerm(Column.ofWord(word).orElseThrow(() -> unknownField(start, name)));
    };
  }

  private Term textTerm() {
    blanks();
    if (atEnd() || text.charAt(at) != '~') {
      throw error(at, "expected '~' after text", "~");
    }
    at++;
    blanks();
    int start = at;
    String word = value().text();
    if (word.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw error(start, "expected a word with a letter or a digit", "a word");
    }
    return new Term.OfText(word);
  }

  private Term columnTerm(Column column) {
    Op op = op(isOrdered(column.kind()));
    int start = at;
    String value = value().text();
    return new Term.OfColumn(column, op, Constants.of(column.kind(), value, start));
  }

  private static boolean isOrdered(Column.Kind kind) {
    return kind != Column.Kind.FLAG && kind != Column.Kind.ID;
  }

  private Term rowTerm(RowField field) {
    Op op = op(true);
    int start = at;
    Word value = value();
    Constant constant = Constants.ofRow(value.text(), value.isQuoted());
    if (field instanceof RowField.Score && !(constant instanceof Constant.Decimal)) {
      throw error(start, "expected a number", "a number");
    }
    return new Term.OfRow(field, op, constant);
  }

  private Op op(boolean isOrdered) {
    blanks();
    int start = at;
    Op op = null;
    for (Op candidate : Op.values()) { // the longest sign that fits
      if (text.startsWith(candidate.sign(), at)
          && (op == null || candidate.sign().length() > op.sign().length())) {
        op = candidate;
      }
    }
    if (op == null || !(isOrdered || op.isEquality())) {
      List<String> signs = new ArrayList<>();
      for (Op each : Op.values()) {
        if (isOrdered || each.isEquality()) {
          signs.add(each.sign());
        }
      }
      throw new QueryException(
          QUERY_SYNTAX, start, signs, "expected one of " + String.join(" ", signs));
    }
    at += op.sign().length();
    blanks();
    return op;
  }

  private record Word(String text, boolean isQuoted) {}

  private Word value() {
    if (!atEnd() && text.charAt(at) == '"') {
      return new Word(quoted(), true);
    }
    int start = at;
    while (!atEnd() && Quotes.isBare(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == start) {
      throw error(start, "expected a value; quote it if it has signs", "a value", "\"");
    }
    String word = text.substring(start, at);
    if (!atEnd() && !Character.isWhitespace(text.charAt(at))) {
      throw error(at, "this character needs a quoted value", "blank", "end of the filter");
    }
    blanks();
    return new Word(word, false);
  }

  private String quotedName() {
    if (atEnd() || text.charAt(at) != '"') {
      throw error(at, "expected the name of a feature", "a name", "\"");
    }
    return quoted();
  }

  private String quoted() {
    int start = at++;
    StringBuilder word = new StringBuilder();
    while (!atEnd() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
        if (atEnd() || (text.charAt(at) != '"' && text.charAt(at) != '\\')) {
          throw error(at, "only \\\" and \\\\ are escapes", "\"", "\\");
        }
      }
      word.append(text.charAt(at++));
    }
    if (atEnd()) {
      throw error(start, "the quote that opens here is never closed", "\"");
    }
    at++;
    blanks();
    return word.toString();
  }

  private String name() {
    int start = at;
    while (!atEnd() && Quotes.isName(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(start, at);
  }

  private void blanks() {
    while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  private static QueryException unknownField(int position, String name) {
    List<String> fields = new ArrayList<>(Column.words());
    fields.addAll(List.of("text", "prediction", "score", "features.<name>"));
    String found = name.isEmpty() ? "expected a field" : "there is no field '" + name + "'";
    return new QueryException(QUERY_SYNTAX, position, fields, found);
  }

  static final String QUERY_SYNTAX = "query_syntax";

  static QueryException error(int position, String message, String... expected) {
    return new QueryException(QUERY_SYNTAX, position, List.of(expected), message);
  }
}
