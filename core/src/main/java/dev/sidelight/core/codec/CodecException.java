package dev.sidelight.core.codec;

/**
 * The caller's bytes are not what the protocol asks for. Texts name places, sizes and rules; they
 * may quote at most a short token of the body, never a value of a payload.
 */
public final class CodecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String pointer;
  private final String expected;
  private final String found;

  /**
   * @param code the word of the error table: {@code shape_mismatch}, {@code json_syntax}, ...
   * @param pointer JSON pointer into the body, empty for the whole
   */
  public CodecException(
      String code, String pointer, String expected, String found, String message) {
    super(message);
    this.code = code;
    this.pointer = pointer;
    this.expected = expected;
    this.found = found;
  }

  public String code() {
    return code;
  }

  public String pointer() {
    return pointer;
  }

  public String expected() {
    return expected;
  }

  public String found() {
    return found;
  }
}
