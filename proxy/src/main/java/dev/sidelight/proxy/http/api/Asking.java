package dev.sidelight.proxy.http.api;

import dev.sidelight.core.codec.Body;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.CallScope;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.job.Jobs;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a call says about how it wants to be answered. */
final class Asking {

  private static final List<String> TRACING =
      List.of(
          "x-request-id",
          "traceparent",
          "tracestate",
          "x-b3-traceid",
          "x-b3-spanid",
          "x-b3-sampled");

  private static final int KEY_CHARS_MAX = 256;

  private Asking() {}

  /** The query's; of a repeated one the last. {@code async} is about the call. */
  static Map<String, Object> parameters(Call call) {
    Map<String, Object> parameters = new HashMap<>();
    call.query().forEach((name, values) -> parameters.put(name, values.get(values.size() - 1)));
    parameters.remove("async");
    return parameters;
  }

  static Body body(Call call) {
    return new Body(
        call.body(),
        call.header("content-type").orElse(""),
        call.header("content-encoding").orElse(""),
        call.header(Body.JSON_LENGTH).orElse(""));
  }

  /** Asynchronous by {@code ?async=true} or {@code Prefer: respond-async}. */
  static Pace pace(Call call) {
    String async = call.query("async").orElse("").toLowerCase(Locale.ROOT);
    if (!async.isEmpty() && !async.equals("true") && !async.equals("false")) {
      throw new ProblemException(
          Problem.of(400, "parameter_range", "async is true or false")
              .withFault("/parameters/async", "true or false", "another text"));
    }
    boolean preferred =
        call.headers().getOrDefault("prefer", List.of()).stream()
            .flatMap(value -> List.of(value.split("[,;]", -1)).stream())
            .anyMatch(word -> word.strip().equalsIgnoreCase("respond-async"));
    boolean wanted = async.isEmpty() ? preferred : async.equals("true");
    return wanted ? Pace.ASYNC : Pace.SYNC;
  }

  static Jobs.Wish wish(Call call, Pace pace, CallScope scope) {
    String key = call.header("idempotency-key").orElse("");
    if (key.length() > KEY_CHARS_MAX) {
      throw new ProblemException(
          Problem.of(400, "parameter_range", "an Idempotency-Key has at most 256 characters")
              .withFault("", "<= " + KEY_CHARS_MAX + " characters", key.length() + " characters"));
    }
    boolean anew =
        call.header("cache-control").orElse("").toLowerCase(Locale.ROOT).contains("no-cache");
    // one caller's key is not another's; where two hashes meet, their questions still differ
    String owned = key.isEmpty() ? "" : scope.hashCode() + " " + key;
    String subject = call.principal().isAnonymous() ? "" : call.principal().name();
    return new Jobs.Wish(pace != Pace.SYNC, anew, owned, subject);
  }

  static CallScope scope(Call call, ExplainConfig config) {
    Map<String, String> tracing = new LinkedHashMap<>();
    for (String name : TRACING) {
      call.header(name).ifPresent(value -> tracing.put(name, value));
    }
    String authorization =
        config.forwardAuthorization() ? call.header("authorization").orElse("") : "";
    return new CallScope(authorization, tracing);
  }
}
