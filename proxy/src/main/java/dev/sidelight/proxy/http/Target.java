package dev.sidelight.proxy.http;

/**
 * Where a request may go. A route holds a list of them: one entry until a route splits its traffic.
 *
 * @param variant empty where there is only one
 */
public record Target(String variant, Backend backend) {

  public static Target of(Backend backend) {
    return new Target("", backend);
  }
}
