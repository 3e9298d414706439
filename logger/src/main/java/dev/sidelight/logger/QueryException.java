package dev.sidelight.logger;

import java.util.List;

/** A query that cannot be answered as asked. */
public final class QueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final int position;
  private final transient List<String> expected;

  /**
   * @param code {@code query_syntax}, {@code cursor_mismatch}, {@code cursor_expired}, ...
   * @param position character of the filter, -1 where there is none
   */
  public QueryException(String code, int position, String message) {
    this(code, position, List.of(), message);
  }

  /**
   * @param expected what could have stood at {@code position}, for people
   */
  public QueryException(String code, int position, List<String> expected, String message) {
    super(message);
    this.code = code;
    this.position = position;
    this.expected = List.copyOf(expected);
  }

  public String code() {
    return code;
  }

  public int position() {
    return position;
  }

  public List<String> expected() {
    return expected;
  }
}
