package dev.sidelight.proxy.config;

import java.time.Duration;

/** How long the parts of one exchange may take, where a model or a route has its own word. */
public record RouteTimeouts(
    @Setting(value = "1s", doc = "connecting to the backend")
        @Inherits({
          "models.{model}.timeouts.connect",
          "backends.{backend}.connect-timeout",
          "timeouts.connect"
        })
        Duration connect,
    @Setting(value = "60s", doc = "silence inside an answer") Duration silence,
    @Setting(value = "300s", doc = "silence inside an event stream") Duration streamSilence,
    @Setting(value = "60s", doc = "a client that does not read") Duration clientStall,
    @Setting(value = "5s", doc = "grace before the minimum rate of a request body holds")
        Duration bodyGrace,
    @Setting(value = "1KiB", doc = "slowest request body per second") ByteSize bodyRateMin,
    @Setting(value = "1s", doc = "waiting for a backend connection") Duration poolWait,
    @Setting(value = "1s", doc = "waiting for a backend's 100 Continue") Duration expect) {

  public RouteTimeouts {
    Rules.positive("<here>.connect", connect);
    Rules.positive("<here>.silence", silence);
    Rules.positive("<here>.stream-silence", streamSilence);
    Rules.positive("<here>.client-stall", clientStall);
    Rules.positive("<here>.pool-wait", poolWait);
  }
}
