package dev.sidelight.proxy.config;

import java.time.Duration;

/** How long anything may take. */
public record Timeouts(
    @Setting(value = "10s", doc = "a request head, from its first byte or the connection's start")
        Duration head,
    @Setting(value = "5s", doc = "grace before the minimum rate of a request body holds")
        Duration bodyGrace,
    @Setting(value = "1KiB", doc = "slowest request body per second") ByteSize bodyRateMin,
    @Setting(value = "1s", doc = "connecting to a backend") Duration connect,
    @Setting(value = "60s", doc = "the head of a backend's answer") Duration response,
    @Setting(value = "600s", doc = "the same of a model with the profile openai")
        Duration responseOpenai,
    @Setting(value = "60s", doc = "silence inside an answer") Duration silence,
    @Setting(value = "300s", doc = "silence inside an event stream") Duration streamSilence,
    @Setting(value = "60s", doc = "a client that does not read") Duration clientStall,
    @Setting(value = "75s", doc = "an idle client connection") Duration keepAlive,
    @Setting(value = "4s", doc = "an idle backend connection") Duration backendIdle,
    @Setting(value = "1h", doc = "life of a backend connection") Duration backendLife,
    @Setting(value = "1s", doc = "waiting for a backend connection") Duration poolWait,
    @Setting(value = "1s", doc = "waiting for a backend's 100 Continue") Duration expect,
    @Setting(value = "10s", doc = "finishing what runs after TERM") Duration drain) {

  public Timeouts {
    Rules.positive("timeouts.head", head);
    Rules.positive("timeouts.connect", connect);
    Rules.positive("timeouts.response", response);
    Rules.positive("timeouts.response-openai", responseOpenai);
    Rules.positive("timeouts.silence", silence);
    Rules.positive("timeouts.stream-silence", streamSilence);
    Rules.positive("timeouts.client-stall", clientStall);
    Rules.positive("timeouts.keep-alive", keepAlive);
    Rules.positive("timeouts.backend-life", backendLife);
    Rules.positive("timeouts.pool-wait", poolWait);
  }

  /** What a route without a word of its own waits for the head of an answer. */
  public Duration response(Profile profile) {
    return profile == Profile.OPENAI ? responseOpenai : response;
  }

  /** What else it waits. */
  public RouteTimeouts forRoutes() {
    return new RouteTimeouts(
        connect, silence, streamSilence, clientStall, bodyGrace, bodyRateMin, poolWait, expect);
  }
}
