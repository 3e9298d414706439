package dev.sidelight.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A path that no profile installs. What it does not say, its model says.
 *
 * @param path exact, or a template: {@code {name}} is one segment, {@code {name*}} at the end is
 *     the rest
 * @param host exact or {@code *.suffix}, without a port; empty takes any
 * @param headers {@code name=value} each; all must be there
 */
public record RouteConfig(
    @Setting(value = "/", doc = "path or template: /a/{x}/b, /a/{rest*}") String path,
    @Setting(value = "POST", doc = "method") String method,
    @Setting(value = "", doc = "host the client asks for: exact or *.suffix; empty takes any")
        String host,
    @Setting(value = "[]", doc = "fields the request must have, name=value each")
        List<String> headers,
    @Setting(value = "", doc = "name of a model") String model,
    @Setting(value = "v1", doc = "protocol: v1, v2, openai or raw")
        @Inherits("models.{model}.profile")
        Profile profile,
    @Setting(value = "60s", doc = "the head of the backend's answer")
        @Inherits({"models.{model}.timeout", "timeouts.response"})
        Duration timeout,
    @Inherits({"models.{model}.timeouts", "timeouts"}) RouteTimeouts timeouts,
    @Inherits({"models.{model}.limits", "limits"}) RouteLimits limits,
    @Inherits({"models.{model}.log", "logger"}) RouteLog log) {

  public RouteConfig {
    headers = List.copyOf(headers);
    host = host.toLowerCase(Locale.ROOT);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("<here>.path must start with /, got '" + path + "'");
    }
    if (!method.matches("[A-Z]+")) {
      throw new IllegalArgumentException(
          "<here>.method must be a method in capitals, got '" + method + "'");
    }
    if (!host.matches("|(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]")) {
      throw new IllegalArgumentException(
          "<here>.host must be a host name or *.suffix without a port, got '" + host + "'");
    }
    for (String header : headers) {
      if (!header.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+=.*")) {
        throw new IllegalArgumentException(
            "<here>.headers must be a list of name=value, got '" + header + "'");
      }
    }
    Rules.positive("<here>.timeout", timeout);
  }
}
