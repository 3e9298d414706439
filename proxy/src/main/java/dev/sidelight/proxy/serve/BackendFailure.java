package dev.sidelight.proxy.serve;

import dev.sidelight.core.predict.PredictorException.Kind;

/** The words for what can go wrong between us and a model server. */
public final class BackendFailure {

  private BackendFailure() {}

  /** The problem code of a failure. */
  public static String code(Kind kind) {
    return switch (kind) {
      case UNREACHABLE -> "backend_unreachable";
      case TIMEOUT -> "backend_timeout";
      case OVERLOADED -> "backend_overloaded";
      case TOO_LARGE, REFUSED -> "backend_refused";
      case BAD_RESPONSE -> "backend_bad_response";
      case FORBIDDEN -> "backend_forbidden";
      case CANCELLED -> "cancelled";
    };
  }
}
