package dev.sidelight.logger.filter;

import dev.sidelight.logger.QueryException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a request must fulfil: every term. Its text form is canonical: {@code
 * parse(filter.toString())} equals {@code filter}.
 *
 * <pre>
 * filter = [ term { "and" term } ]
 * term   = field op value | "text" "~" word
 * op     = "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
 * value  = "quoted, with \" and \\ escaped" | bare word
 * field  = a name of {@link Column} | "features." name | "prediction" | "score"
 * </pre>
 *
 * @param terms empty for everything
 */
public record Filter(List<Term> terms) {

  public static final Filter ALL = new Filter(List.of());

  public Filter {
    terms = List.copyOf(terms);
  }

  /**
   * @param text at most {@value FilterParser#LENGTH_MAX} characters, {@value
   *     FilterParser#TERMS_MAX} terms
   * @throws QueryException {@code query_syntax}, with the position and what was expected there
   */
  public static Filter parse(String text) {
    return new FilterParser(text).parse();
  }

  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(" and "));
  }
}
