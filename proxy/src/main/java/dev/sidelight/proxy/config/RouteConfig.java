package dev.sidelight.proxy.config;

/** A path that no profile installs. */
public record RouteConfig(
    @Setting(value = "/", doc = "exact path") String path,
    @Setting(value = "POST", doc = "method") String method,
    @Setting(value = "", doc = "name of a model") String model) {

  public RouteConfig {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("routes[].path must start with /, got '" + path + "'");
    }
  }
}
