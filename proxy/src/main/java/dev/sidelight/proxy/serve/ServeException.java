package dev.sidelight.proxy.serve;

import java.util.List;
import java.util.OptionalInt;

/**
 * A call that cannot be answered as asked, with the word of the error table. The text holds no
 * payload.
 */
public final class ServeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String pointer;
  private final String expected;
  private final String found;
  private final String hint;
  private final int retryAfterSeconds;

  private ServeException(
      String code,
      String message,
      String pointer,
      String expected,
      String found,
      String hint,
      int retryAfterSeconds) {
    super(message);
    this.code = code;
    this.pointer = pointer;
    this.expected = expected;
    this.found = found;
    this.hint = hint;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public static ServeException of(String code, String message) {
    return new ServeException(code, message, "", "", "", "", -1);
  }

  /** A shape that a method's results are not told in. */
  public static ServeException formatUnsupported(Method method, ExplainOptions.Format format) {
    List<String> known = method.formats().stream().map(ExplainOptions.Format::word).toList();
    return of(
            "format_unsupported",
            "explanations by %s are not told as %s".formatted(method.word(), format.word()))
        .at("/parameters/format", "one of " + String.join(", ", known), format.word());
  }

  /** The place, what was expected there, and what came. */
  public ServeException at(String pointer, String expected, String found) {
    return new ServeException(code, text(), pointer, expected, found, hint, retryAfterSeconds);
  }

  /** What to do about it. */
  public ServeException hint(String hint) {
    return new ServeException(code, text(), pointer, expected, found, hint, retryAfterSeconds);
  }

  public ServeException retryAfter(int seconds) {
    return new ServeException(code, text(), pointer, expected, found, hint, seconds);
  }

  private String text() {
    return String.valueOf(getMessage());
  }

  public String code() {
    return code;
  }

  /** JSON pointer, empty where there is none. */
  public String pointer() {
    return pointer;
  }

  public String expected() {
    return expected;
  }

  public String found() {
    return found;
  }

  public String hint() {
    return hint;
  }

  public OptionalInt retryAfterSeconds() {
    return retryAfterSeconds < 0 ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
  }
}
