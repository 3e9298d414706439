package dev.sidelight.proxy.serve.job;

import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.serve.CallScope;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainCall.LoggedAnswer;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.ServeException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns a logged request into one for its explanation. Thread-safe. */
public final class LoggedCalls {

  /** Bit of a summary's marks. */
  private static final int REDACTED = 4;

  private final ModelRegistry registry;

  public LoggedCalls(ModelRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param row empty for all rows
   * @throws ServeException {@code payload_incomplete} when the log does not hold the whole body
   */
  public ExplainCall of(
      StoredRequest stored,
      OptionalInt row,
      Map<String, Object> parameters,
      CallScope scope,
      Pace pace) {
    requireWhole(stored);
    return new ExplainCall(
        registry.get(stored.summary().model()),
        stored.summary().protocol(),
        requestedVersion(stored.summary().path()),
        LoggedRows.requestBody(stored),
        parameters,
        Format.NATIVE,
        scope,
        Optional.of(stored.summary().id()),
        answer(stored),
        row,
        pace);
  }

  /** What the model said then; a part of it is nothing. */
  private static Optional<LoggedAnswer> answer(StoredRequest stored) {
    String truncation = stored.response().truncation();
    boolean whole = truncation.isEmpty() || truncation.equals("none");
    return stored.summary().status() == 200 && whole
        ? Optional.of(new LoggedAnswer(LoggedRows.responseBody(stored), stored.summary().version()))
        : Optional.empty();
  }

  /**
   * @throws ServeException {@code payload_incomplete}
   */
  public static void requireWhole(StoredRequest stored) {
    String truncation = stored.request().truncation();
    if (!truncation.isEmpty() && !truncation.equals("none")) {
      throw incomplete("only a part of this request's body was kept in the log");
    }
    if ((stored.summary().marks() & REDACTED) != 0) {
      throw incomplete("parts of this request's body were redacted before it was kept");
    }
  }

  /** Whether the log holds the whole body. */
  static boolean isWhole(StoredRequest stored) {
    try {
      requireWhole(stored);
      return true;
    } catch (ServeException e) {
      return false;
    }
  }

  private static ServeException incomplete(String detail) {
    return ServeException.of("payload_incomplete", detail);
  }

  /** The version the request named in its path, not the one that happened to answer. */
  private static String requestedVersion(String path) {
    int at = path.indexOf("/versions/");
    int end = Math.max(path.lastIndexOf("/infer"), path.lastIndexOf(":predict"));
    return at >= 0 && end > at ? path.substring(at + "/versions/".length(), end) : "";
  }
}
