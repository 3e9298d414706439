package dev.sidelight.proxy.http;

import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.logger.QueryException;
import dev.sidelight.proxy.http.Borrower.NoStream;
import dev.sidelight.proxy.http.Problem.Fault;
import dev.sidelight.proxy.http.wire.Refusal;
import dev.sidelight.proxy.serve.ServeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The one place that turns failures into answers. */
public final class Problems {

  static final String CONTENT_TYPE = "application/problem+json";

  static final Problem SLOW_BODY =
      Problem.of(408, "request_timeout", "the body came slower than the least rate");
  static final Problem BACKEND_RESET =
      Problem.of(502, "backend_reset", "the backend closed the connection before it answered");
  static final Problem BACKEND_TIMEOUT =
      Problem.of(504, "backend_timeout", "the backend did not answer in time");

  private Problems() {}

  static Problem badResponse(String detail) {
    return Problem.of(502, "backend_bad_response", "the backend's answer is not HTTP: " + detail);
  }

  static Problem of(Refusal refusal) {
    return Problem.of(refusal.status(), refusal.code(), refusal.detail());
  }

  static Problem of(NoStream why) {
    return switch (why) {
      case REFUSED, CIRCUIT_OPEN ->
          Problem.of(502, "backend_unreachable", "the backend takes no connection");
      case CONNECT_TIMEOUT ->
          Problem.of(
              504, "backend_connect_timeout", "no connection to the backend within the limit");
      case EXHAUSTED ->
          Problem.of(503, "backend_pool_exhausted", "all connections to the backend are in use")
              .withRetryAfter(1);
    };
  }

  static Problem bodyTooLarge(long limit, long size) {
    return Problem.of(
        413, "body_too_large", "the body has " + size + " bytes or more, the limit is " + limit);
  }

  /** What an endpoint threw. */
  public static Problem of(Throwable thrown) {
    return switch (thrown) {
      case ProblemException e -> e.problem();
      case CodecException e ->
          faulty(statusOf(e.code()), e.code(), text(e), e.pointer(), e.expected(), e.found());
      case ServeException e -> {
        Problem problem =
            faulty(statusOf(e.code()), e.code(), text(e), e.pointer(), e.expected(), e.found())
                .withHint(e.hint());
        yield problem.withRetryAfter(e.retryAfterSeconds().orElse(-1));
      }
      case ExplainException e -> faulty(statusOf(e.code()), e.code(), text(e), e.pointer(), "", "");
      case QueryException e ->
          faulty(
              statusOf(e.code()),
              e.code(),
              text(e),
              "",
              "",
              e.position() < 0 ? "" : "character " + e.position());
      case PredictorException e -> of(e);
      default -> Problem.of(500, "internal", "something went wrong here; the log says what");
    };
  }

  private static Problem of(PredictorException e) {
    return switch (e.kind()) {
      case UNREACHABLE -> Problem.of(502, "backend_unreachable", text(e));
      case TIMEOUT -> Problem.of(504, "backend_timeout", text(e));
      case OVERLOADED ->
          Problem.of(503, "backend_overloaded", text(e))
              .withRetryAfter((int) Math.max(1, e.retryAfterMillis() / 1000));
      case TOO_LARGE -> Problem.of(502, "backend_batch_too_large", text(e));
      case REFUSED -> Problem.of(502, "backend_refused", text(e));
      case BAD_RESPONSE -> Problem.of(502, "backend_bad_response", text(e));
      case FORBIDDEN -> Problem.of(403, "backend_forbidden", text(e));
      case CANCELLED -> Problem.of(504, "deadline", text(e));
    };
  }

  private static Problem faulty(
      int status, String code, String detail, String pointer, String expected, String found) {
    Problem problem = Problem.of(status, code, detail);
    boolean place = !pointer.isEmpty() || !expected.isEmpty() || !found.isEmpty();
    return place ? problem.withFault(pointer, expected, found) : problem;
  }

  /** Status of the words of the error table; a word that is not there is the caller's mistake. */
  private static int statusOf(String code) {
    return switch (code) {
      case "model_unknown", "request_unknown", "not_found", "explanation_unknown" -> 404;
      case "management_only" -> 403;
      case "reference_not_ready",
          "reference_mismatch",
          "payload_incomplete",
          "idempotency_conflict",
          "nothing_yet" ->
          409;
      case "cursor_expired", "explanation_expired" -> 410;
      case "body_too_large", "decompressed_too_large" -> 413;
      case "content_encoding_unsupported", "content_type_unsupported" -> 415;
      case "explain_too_large",
          "explain_unsupported",
          "explain_stateful",
          "budget_exceeded",
          "budget_too_small",
          "target_unsupported",
          "perturbations_refused",
          "row_refused" ->
          422;
      case "explain_shed", "quota_exceeded", "too_many_tails", "too_many_streams" -> 429;
      case "backend_unreachable", "backend_bad_response" -> 502;
      case "backend_timeout", "deadline" -> 504;
      default -> 400;
    };
  }

  private static String text(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }

  /**
   * The document.
   *
   * @param errorMember whether an {@code error} text is added, which clients of V1 and V2 read
   */
  static byte[] json(Problem problem, String requestId, boolean errorMember) {
    StringBuilder out = new StringBuilder(256);
    out.append("{\"type\":");
    quoted(out, "tag:sidelight.dev,2026:problem/" + problem.code());
    out.append(",\"title\":");
    quoted(out, problem.title());
    out.append(",\"status\":").append(problem.status()).append(",\"code\":");
    quoted(out, problem.code());
    out.append(",\"detail\":");
    quoted(out, problem.detail());
    faults(out, problem.errors());
    if (!problem.hint().isEmpty()) {
      out.append(",\"hint\":");
      quoted(out, problem.hint());
    }
    if (!problem.instance().isEmpty()) {
      out.append(",\"instance\":");
      quoted(out, problem.instance());
    }
    if (!requestId.isEmpty()) {
      out.append(",\"request_id\":");
      quoted(out, requestId);
    }
    if (errorMember) {
      out.append(",\"error\":");
      quoted(out, problem.detail());
    }
    return out.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void faults(StringBuilder out, List<Fault> faults) {
    if (faults.isEmpty()) {
      return;
    }
    out.append(",\"errors\":[");
    for (int i = 0; i < faults.size(); i++) {
      out.append(i == 0 ? "{\"pointer\":" : ",{\"pointer\":");
      quoted(out, faults.get(i).pointer());
      out.append(",\"expected\":");
      quoted(out, faults.get(i).expected());
      out.append(",\"found\":");
      quoted(out, faults.get(i).found());
      out.append('}');
    }
    out.append(']');
  }

  private static void quoted(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || (c >= 0xd800 && c <= 0xdfff && !isPaired(text, i))) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static boolean isPaired(String text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
