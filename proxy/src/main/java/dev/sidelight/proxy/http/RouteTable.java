package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one listener serves: by host (exact, suffix, any), method and path, then by fields. What an
 * exacter host has nothing for, a wider one may serve.
 */
final class RouteTable {

  private record Hosted(HostPattern host, PathTable paths) {}

  private final List<Hosted> hosts = new ArrayList<>();
  private final Collection<Route> routes;
  private final List<String> served;
  private final Route.@Nullable Forward fallback;
  private final Map<String, String> headers;
  private final boolean usesHosts;

  RouteTable(
      Map<RouteMatch, Route> routes,
      Route.@Nullable Forward fallback,
      Map<String, String> headers) {
    this.routes = List.copyOf(routes.values());
    this.served =
        routes.entrySet().stream()
            .filter(route -> route.getValue() instanceof Route.Serve)
            .map(route -> route.getKey().method() + " " + route.getKey().path())
            .sorted()
            .toList();
    this.fallback = fallback;
    this.headers = Map.copyOf(headers);
    Map<HostPattern, Map<RouteMatch, Route>> byHost = new TreeMap<>(HostPattern.MOST_EXACT_FIRST);
    routes.forEach(
        (match, route) ->
            byHost.computeIfAbsent(match.host(), h -> new LinkedHashMap<>()).put(match, route));
    byHost.forEach((host, own) -> hosts.add(new Hosted(host, new PathTable(own))));
    usesHosts = byHost.keySet().stream().anyMatch(host -> !host.equals(HostPattern.ANY));
  }

  /** Whether the host matters at all. */
  boolean usesHosts() {
    return usesHosts;
  }

  List<String> served() {
    return served;
  }

  Map<String, String> headers() {
    return headers;
  }

  Set<Backend> backends() {
    Set<Backend> all = new LinkedHashSet<>();
    for (Route route : routes) {
      if (route instanceof Route.Forward forward) {
        forward.targets().forEach(target -> all.add(target.backend()));
      }
    }
    if (fallback != null) {
      fallback.targets().forEach(target -> all.add(target.backend()));
    }
    return all;
  }

  /**
   * @param authority as in a Host field
   */
  Found find(String authority, String method, String path) {
    String host = usesHosts ? HostPattern.hostOf(authority) : "";
    List<Found.Conditional> conditional = new ArrayList<>();
    Set<String> allowed = new TreeSet<>();
    Found found = null;
    for (Hosted hosted : hosts) {
      if (found == null && hosted.host().matches(host)) {
        found = hosted.paths().find(method, path, conditional, allowed);
      }
    }
    Found otherwise = found == null ? orElse(host, method, path, allowed) : found;
    return conditional.isEmpty() ? otherwise : new Found.ByFields(conditional, otherwise);
  }

  private Found orElse(String host, String method, String path, Set<String> served) {
    if (fallback != null && served.isEmpty()) {
      return new Found.Hit(fallback, Map.of());
    }
    Set<String> allowed = new TreeSet<>(served);
    Set<String> texts = new TreeSet<>();
    for (Hosted hosted : hosts) {
      if (hosted.host().matches(host)) {
        allowed.addAll(hosted.paths().methods(path));
        texts.addAll(hosted.paths().texts());
      }
    }
    if (!allowed.isEmpty() && !allowed.contains(method)) {
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      return new Found.WrongMethod(allowed);
    }
    return new Found.Unknown(NearestName.several(path, texts, 3));
  }
}
