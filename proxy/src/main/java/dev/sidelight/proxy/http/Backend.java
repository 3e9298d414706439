package dev.sidelight.proxy.http;

import dev.sidelight.proxy.serve.LiveLoad;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A model server as the data path sees it.
 *
 * @param name for metrics and log lines
 * @param addresses host and port of each; a name stands for all its addresses, asked for anew every
 *     30 s
 * @param connectionsMax per address, shared out over the loops
 * @param load told of every real request
 */
public record Backend(
    String name, List<HostPort> addresses, int connectionsMax, Health health, LiveLoad load) {

  /**
   * How an address is probed every 5 s.
   *
   * @param isAsked false leaves it to the requests themselves to find out
   * @param path asked by GET; empty probes by a TCP connect only
   */
  public record Health(boolean isAsked, String path) {
    public static final Health NONE = new Health(false, "");
    public static final Health TCP = new Health(true, "");

    public static Health path(String path) {
      return new Health(true, path);
    }
  }

  /** A name or literal address, and a port. */
  public record HostPort(String host, int port) {

    public HostPort {
      if (host.isEmpty() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "a backend address needs a host and a port in [1, 65535], got '"
                + host
                + ":"
                + port
                + "'");
      }
    }

    /** As it stands in a Host field. */
    public String authority() {
      String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      return port == 80 ? literal : literal + ":" + port;
    }
  }

  public Backend {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("backend " + name + " needs at least one address");
    }
  }

  /** Reads {@code http://host:port}, or several separated by commas. */
  public static List<HostPort> addressesOf(String url) {
    List<HostPort> addresses = new ArrayList<>();
    for (String part : url.split(",", -1)) {
      String text = part.strip();
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
        throw new IllegalArgumentException("expected http://host:port, got '" + text + "'");
      }
      String host = uri.getHost().replace("[", "").replace("]", "");
      addresses.add(new HostPort(host, uri.getPort() < 0 ? 80 : uri.getPort()));
    }
    return addresses;
  }
}
