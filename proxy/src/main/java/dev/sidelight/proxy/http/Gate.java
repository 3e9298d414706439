package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Head;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps foreign web pages out of a management listener on loopback: a name that resolves to
 * 127.0.0.1 (DNS rebinding) shows in Host, a page of another site in Origin.
 */
final class Gate {

  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private Gate() {}

  static Dispatch.@Nullable Refused refusal(ServerState server, Listener listener, Head head) {
    if (listener != Listener.MANAGEMENT
        || !isLoopback(server.config().listeners().management().host())) {
      return null;
    }
    if (!LOCAL.contains(HostPattern.hostOf(head.host()))) {
      return refused("host_not_allowed", "Host must be localhost, 127.0.0.1 or [::1]");
    }
    String origin = head.fields().value(Names.ORIGIN);
    if (origin != null && !isLocalOrigin(origin)) {
      return refused("origin_not_allowed", "pages of other origins may not call this listener");
    }
    return null;
  }

  private static Dispatch.Refused refused(String code, String detail) {
    return new Dispatch.Refused(Problem.of(403, code, detail), Map.of());
  }

  static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private static boolean isLocalOrigin(String origin) {
    try {
      URI uri = new URI(origin);
      return uri.getHost() != null && LOCAL.contains(uri.getHost().toLowerCase(Locale.ROOT));
    } catch (java.net.URISyntaxException e) {
      return false; // "null" and whatever else names no host
    }
  }
}
