package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /livez}, {@code /readyz}, {@code /metrics}: no payload, ever. */
public final class ProbeRoutes {

  private static final long NO_BODY = 1024;

  private final Health health;
  private final Supplier<String> otherMetrics;

  /**
   * @param otherMetrics what the data path does not count, in the same text form
   */
  public ProbeRoutes(Health health, Supplier<String> otherMetrics) {
    this.health = health;
    this.otherMetrics = otherMetrics;
  }

  public void register(Routes.Builder routes) {
    Listener at = Listener.PROBES;
    routes
        .endpoint(at, "GET", "/livez", Role.PREDICT, NO_BODY, call -> text(200, "alive\n"))
        .endpoint(at, "GET", "/readyz", Role.PREDICT, NO_BODY, this::ready)
        .endpoint(at, "GET", "/metrics", Role.PREDICT, NO_BODY, this::metrics);
  }

  private Answer ready(Call call) {
    StringBuilder text = new StringBuilder(health.isReady() ? "ready\n" : "not ready\n");
    if (call.query().containsKey("verbose")) {
      for (String backend : health.backendsDown()) {
        text.append("backend ").append(backend).append(" does not answer\n");
      }
    }
    return text(health.isReady() ? 200 : 503, text.toString());
  }

  private Answer metrics(Call call) {
    byte[] body = (health.metrics() + otherMetrics.get()).getBytes(StandardCharsets.UTF_8);
    return new Answer.Whole(
        200, Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"), body);
  }

  private static Answer text(int status, String text) {
    return new Answer.Whole(
        status,
        Map.of("Content-Type", "text/plain; charset=utf-8"),
        text.getBytes(StandardCharsets.UTF_8));
  }
}
