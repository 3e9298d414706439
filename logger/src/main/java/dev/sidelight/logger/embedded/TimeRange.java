package dev.sidelight.logger.embedded;

import dev.sidelight.logger.filter.Column;
import dev.sidelight.logger.filter.Constant;
import dev.sidelight.logger.filter.Filter;
import dev.sidelight.logger.filter.Term;

/**
 * The times a filter admits at most, so that a search begins and ends there. Microseconds, both
 * ends inside.
 */
record TimeRange(long first, long last) {

  static TimeRange of(Filter filter) {
    long first = Long.MIN_VALUE;
    long last = Long.MAX_VALUE;
    for (Term term : filter.terms()) {
      if (term instanceof Term.OfColumn(Column column, var op, Constant.Time(long micros))
          && column == Column.TIME) {
        switch (op) {
          case EQ -> {
            first = Math.max(first, micros);
            last = Math.min(last, micros);
          }
          case LT, LE -> last = Math.min(last, micros);
          case GT, GE -> first = Math.max(first, micros);
          case NE -> {
            // excludes one instant only
          }
        }
      }
    }
    return new TimeRange(first, last);
  }
}
