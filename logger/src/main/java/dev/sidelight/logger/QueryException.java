package dev.sidelight.logger;

/** A query that cannot be answered as asked. */
public final class QueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final int position;

  /**
   * @param code {@code query_syntax}, {@code cursor_mismatch}, {@code cursor_expired}, ...
   * @param position character of the filter, -1 where there is none
   */
  public QueryException(String code, int position, String message) {
    super(message);
    this.code = code;
    this.position = position;
  }

  public String code() {
    return code;
  }

  public int position() {
    return position;
  }
}
