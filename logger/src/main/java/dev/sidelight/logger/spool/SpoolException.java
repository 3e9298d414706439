package dev.sidelight.logger.spool;

/** The spool cannot be opened: held by another process, of another kind, or not readable. */
public final class SpoolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SpoolException(String message) {
    super(message);
  }

  SpoolException(String message, Throwable cause) {
    super(message, cause);
  }
}
