package dev.sidelight.core.predict;

/** The backend failed. The message speaks of sizes, statuses and limits, never of a payload. */
public final class PredictorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as the caller can tell from outside. */
  public enum Kind {
    /** No connection, or it was reset before an answer. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT,
    /** 429, 503: try later. */
    OVERLOADED,
    /** 413: the batch is too large for this server. */
    TOO_LARGE,
    /**
     * 400, 422 or 500: the server does not want these rows; one bad row may have failed the whole
     * batch.
     */
    REFUSED,
    /** An answer that is none: wrong row count, not decodable, other shape than before. */
    BAD_RESPONSE,
    /** 401, 403: the caller's credentials do not reach the model. */
    FORBIDDEN,
    /** The caller's deadline or cancellation ended the wait. */
    CANCELLED
  }

  private final Kind kind;
  private final int status;
  private final long retryAfterMillis;

  public PredictorException(Kind kind, String message) {
    this(kind, 0, 0, message);
  }

  /**
   * @param status the HTTP status that said so; 0 where there was none
   * @param retryAfterMillis the server's own wish; 0 where it had none
   */
  public PredictorException(Kind kind, int status, long retryAfterMillis, String message) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.retryAfterMillis = retryAfterMillis;
  }

  public Kind kind() {
    return kind;
  }

  public int status() {
    return status;
  }

  public long retryAfterMillis() {
    return retryAfterMillis;
  }
}
