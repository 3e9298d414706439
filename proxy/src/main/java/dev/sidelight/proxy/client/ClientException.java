package dev.sidelight.proxy.client;

/** Why there is no answer; the message is one sentence for people. */
public final class ClientException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What it means for a caller. */
  public enum Kind {
    /** Nobody answers at the address, or the model server behind it does not. */
    UNREACHABLE,
    /** The question itself is wrong. */
    USAGE,
    /** Time or rows were spent before anything was known. */
    SPENT,
    FAILED
  }

  private final Kind kind;

  public ClientException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
