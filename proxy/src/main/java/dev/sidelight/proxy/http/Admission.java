package dev.sidelight.proxy.http;

import org.jspecify.annotations.Nullable;

/** Whether a prediction is taken on at all. */
final class Admission {

  private static final Problem OVERLOADED =
      Problem.of(503, "overloaded", "the proxy is overloaded").withRetryAfter(1);
  private static final Problem UNLOGGED =
      Problem.of(
              503,
              "log_unavailable",
              "this route serves only what it can log, and the log has no room")
          .withRetryAfter(1);

  private Admission() {}

  /** Why not, or null. */
  static @Nullable Problem refusal(Loop loop, Route.Forward route) {
    int level = loop.server.shedder().level();
    if (level >= 3) {
      loop.server.metrics().shed("predict");
      return OVERLOADED;
    }
    RoutePolicy.Tap tap = route.policy().tap();
    if (tap.strict() && route.tapped()) {
      // from level 2 on bodies are not kept, and then the log would not have what it promises
      boolean logs = level < 2 && loop.sink.hasRoomFor(Capture.reserve(tap));
      return logs ? null : UNLOGGED;
    }
    return null;
  }
}
