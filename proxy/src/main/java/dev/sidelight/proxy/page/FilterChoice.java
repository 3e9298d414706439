package dev.sidelight.proxy.page;

import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.filter.Column;
import dev.sidelight.logger.filter.Constant;
import dev.sidelight.logger.filter.Filter;
import dev.sidelight.logger.filter.Op;
import dev.sidelight.logger.filter.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the drop-down lists say, as terms of the filter: the filter's text is the only truth, the
 * lists are a way to write it.
 */
public final class FilterChoice {

  /** The status list's word for everything from 400 on. */
  static final String ERRORS = "errors";

  private FilterChoice() {}

  /**
   * The filter with one list's choice in place of what it said about that column; a filter that
   * does not parse stays as it is.
   *
   * @param choice empty for any
   */
  public static String fold(String filter, Column column, String choice) {
    List<Term> terms;
    try {
      terms = new ArrayList<>(Filter.parse(filter).terms());
    } catch (QueryException e) {
      return filter;
    }
    terms.removeIf(term -> term instanceof Term.OfColumn of && of.column() == column);
    term(column, choice).ifPresent(terms::add);
    return new Filter(terms).toString();
  }

  private static Optional<Term> term(Column column, String choice) {
    if (choice.isEmpty()) {
      return Optional.empty();
    }
    if (column == Column.STATUS) {
      boolean errors = choice.equals(ERRORS);
      if (!errors && !choice.matches("\\d{1,3}")) {
        return Optional.empty();
      }
      return Optional.of(
          new Term.OfColumn(
              column,
              errors ? Op.GE : Op.EQ,
              new Constant.Whole(errors ? 400 : Long.parseLong(choice))));
    }
    return Optional.of(new Term.OfColumn(column, Op.EQ, new Constant.Text(choice)));
  }

  /** What the filter says about a column, as its list shows it; empty for nothing or for more. */
  static String chosen(String filter, Column column) {
    try {
      for (Term term : Filter.parse(filter).terms()) {
        if (term instanceof Term.OfColumn(Column of, Op op, Constant value) && of == column) {
          return switch (value) {
            case Constant.Text(String text) when op == Op.EQ -> text;
            case Constant.Whole(long number) when op == Op.EQ -> Long.toString(number);
            case Constant.Whole(long number)
                when op == Op.GE && column == Column.STATUS && number == 400 ->
                ERRORS;
            default -> "";
          };
        }
      }
    } catch (QueryException e) {
      return ""; // the box beside the lists says what is wrong
    }
    return "";
  }
}
