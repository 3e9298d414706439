package dev.sidelight.proxy.config;

import java.time.Duration;

/**
 * A model, the backend that serves it, how its protocol is spoken, and its own word on what is
 * otherwise set for the process.
 *
 * @param timeout the head of the backend's answer
 */
public record ModelConfig(
    @Setting(value = "", doc = "name of a backend") String backend,
    @Setting(value = "v1", doc = "protocol: v1, v2, openai or raw") Profile profile,
    @Setting(value = "60s", doc = "the head of the backend's answer")
        @Inherits({"timeouts.response-{profile}", "timeouts.response"})
        Duration timeout,
    @Inherits("timeouts") RouteTimeouts timeouts,
    @Inherits("limits") RouteLimits limits,
    @Inherits("logger") RouteLog log,
    @Inherits("explain") ModelExplain explain) {

  public ModelConfig {
    Rules.positive("<here>.timeout", timeout);
  }
}
