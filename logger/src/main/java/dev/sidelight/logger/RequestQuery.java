package dev.sidelight.logger;

/**
 * @param filter terms joined by {@code and}; empty for all. Synthetic rows are hidden unless asked
 *     for
 * @param limit 1 to 1,000
 * @param cursor the {@code next} of the page before, empty for the first
 */
public record RequestQuery(String filter, int limit, String cursor) {

  public static final int LIMIT_MAX = 1000;

  public RequestQuery {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new QueryException(
          "parameter_range", -1, "limit must be in [1, " + LIMIT_MAX + "], got " + limit);
    }
  }
}
