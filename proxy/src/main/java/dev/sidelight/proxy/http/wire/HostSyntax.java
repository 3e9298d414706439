package dev.sidelight.proxy.http.wire;

/**
 * What Host may be: a name, an IPv4 or a bracketed IPv6 address, and a port. Narrower than RFC 3986
 * (no userinfo, no percent, no sub-delims), which no real client uses and servers read differently.
 */
final class HostSyntax {

  private HostSyntax() {}

  static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    if (at < to && bytes[at] == '[') {
      at = ipv6End(bytes, from + 1, to);
      if (at < 0) {
        return false;
      }
    } else {
      while (at < to && Octets.isHost(bytes[at])) {
        at++;
      }
      if (at == from) {
        return false;
      }
    }
    return at == to || (bytes[at] == ':' && isPort(bytes, at + 1, to));
  }

  /** The index after the closing bracket, or -1. */
  private static int ipv6End(byte[] bytes, int from, int to) {
    int at = from;
    int colons = 0;
    while (at < to && (Octets.hex(bytes[at]) >= 0 || bytes[at] == ':' || bytes[at] == '.')) {
      colons += bytes[at] == ':' ? 1 : 0;
      at++;
    }
    return at < to && bytes[at] == ']' && colons >= 2 ? at + 1 : -1;
  }

  private static boolean isPort(byte[] bytes, int from, int to) {
    if (to == from || to - from > 5) {
      return false;
    }
    int port = 0;
    for (int i = from; i < to; i++) {
      if (!Octets.isDigit(bytes[i])) {
        return false;
      }
      port = port * 10 + bytes[i] - '0';
    }
    return port > 0 && port <= 65535;
  }
}
