package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.LoggerConfig.Mode;
import dev.sidelight.proxy.config.LoggerConfig.SkipMarks;
import dev.sidelight.proxy.config.ModelConfig;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.config.RouteConfig;
import dev.sidelight.proxy.config.RouteLimits;
import dev.sidelight.proxy.config.RouteLog;
import dev.sidelight.proxy.config.RouteTimeouts;
import java.time.Duration;

/**
 * How one route waits, bounds and logs: worked out once from route, model and process, so that a
 * request only reads numbers.
 */
public record RoutePolicy(Waits waits, Tap tap, long requestBytesMax) {

  /** Nanoseconds, except where the name says otherwise. */
  public record Waits(
      int connectMillis,
      long response,
      long silence,
      long streamSilence,
      long clientStall,
      long bodyGrace,
      long bodyBytesPerSecond,
      long poolWait,
      long expect) {}

  /**
   * What is kept.
   *
   * @param strict a request that cannot be logged is not served
   * @param sampleRate in [0, 1]
   */
  public record Tap(boolean strict, double sampleRate, int bodyBytesMax, boolean honoursMarks) {}

  /** Where nothing but the process has a word. */
  public static RoutePolicy of(Config config, Profile profile) {
    return of(
        config.timeouts().response(profile),
        config.timeouts().forRoutes(),
        config.logger().forRoutes(),
        new RouteLimits(config.limits().requestBytesMax()),
        config.logger().enabled());
  }

  /** The standard paths of a model. */
  public static RoutePolicy of(Config config, ModelConfig model) {
    return of(
        model.timeout(), model.timeouts(), model.log(), model.limits(), config.logger().enabled());
  }

  /** A configured path. */
  public static RoutePolicy of(Config config, RouteConfig route) {
    return of(
        route.timeout(), route.timeouts(), route.log(), route.limits(), config.logger().enabled());
  }

  private static RoutePolicy of(
      Duration response, RouteTimeouts times, RouteLog log, RouteLimits limits, boolean enabled) {
    boolean strict = log.mode() == Mode.STRICT;
    Waits waits =
        new Waits(
            Math.toIntExact(times.connect().toMillis()),
            response.toNanos(),
            times.silence().toNanos(),
            times.streamSilence().toNanos(),
            times.clientStall().toNanos(),
            times.bodyGrace().toNanos(),
            times.bodyRateMin().bytes(),
            times.poolWait().toNanos(),
            times.expect().toNanos());
    Tap tap =
        new Tap(
            strict && enabled,
            !enabled ? 0 : strict ? 1 : log.sampleRate(),
            log.bodyBytesMax().asInt(),
            !strict && log.skipMarks() == SkipMarks.HONOUR);
    return new RoutePolicy(waits, tap, limits.requestBytesMax().bytes());
  }
}
