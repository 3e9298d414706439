package dev.sidelight.proxy.http.wire;

/**
 * How a route rewrites requests. One per backend and route, made at configuration.
 *
 * @param authority the backend's host and port, written as Host
 * @param preserveHost keep the client's Host instead ({@code host-header: preserve})
 * @param forwardAuthorization false removes Authorization
 * @param instance our name in {@code Via}; a request that carries it three times is a loop
 */
public record RequestRules(
    String authority, boolean preserveHost, boolean forwardAuthorization, String instance) {

  public RequestRules {
    requireVisible("backend authority", authority);
    requireVisible("instance", instance);
  }

  /** Host rewritten, Authorization passed on, {@code Via: 1.1 sidelight}. */
  public static RequestRules to(String authority) {
    return new RequestRules(authority, false, true, "sidelight");
  }

  private static void requireVisible(String what, String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(what + " must be visible ASCII, got '" + text + "'");
    }
  }
}
