package dev.sidelight.proxy.http;

import java.util.List;

/**
 * An answer of our own that is not a success, as RFC 9457 has it. Its texts name the place, what
 * was expected and what came; they hold no payload, path or class name.
 *
 * @param code one word; the type is {@code tag:sidelight.dev,2026:problem/<code>}
 * @param hint what to do, empty for none
 * @param retryAfterSeconds -1 for none
 * @param instance where more about this failure is found, empty for nowhere
 */
public record Problem(
    int status,
    String code,
    String title,
    String detail,
    List<Fault> errors,
    String hint,
    int retryAfterSeconds,
    String instance) {

  /** One place that is wrong. */
  public record Fault(String pointer, String expected, String found) {}

  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, code.replace('_', ' '), detail, List.of(), "", -1, "");
  }

  public Problem withHint(String hint) {
    return new Problem(status, code, title, detail, errors, hint, retryAfterSeconds, instance);
  }

  public Problem withRetryAfter(int seconds) {
    return new Problem(status, code, title, detail, errors, hint, seconds, instance);
  }

  public Problem withFault(String pointer, String expected, String found) {
    return new Problem(
        status,
        code,
        title,
        detail,
        List.of(new Fault(pointer, expected, found)),
        hint,
        retryAfterSeconds,
        instance);
  }

  public Problem withInstance(String path) {
    return new Problem(status, code, title, detail, errors, hint, retryAfterSeconds, path);
  }
}
