package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.config.RouteConfig;
import dev.sidelight.proxy.http.Principal.Role;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The immutable tables of one configuration generation, one for each listener. */
public final class Routes {

  private final Map<Listener, RouteTable> tables;

  private Routes(Map<Listener, RouteTable> tables) {
    this.tables = tables;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Fields that every answer of ours on this listener carries. */
  Map<String, String> headers(Listener listener) {
    return table(listener).headers();
  }

  /** Every backend that a route names. */
  Set<Backend> backends() {
    Set<Backend> all = new LinkedHashSet<>();
    tables.values().forEach(table -> all.addAll(table.backends()));
    return all;
  }

  /** What we serve ourselves on a listener: {@code POST /v1/models/{model}:explain}, sorted. */
  public List<String> served(Listener listener) {
    return table(listener).served();
  }

  RouteTable table(Listener listener) {
    RouteTable table = tables.get(listener);
    if (table == null) {
      throw new IllegalStateException("no table for " + listener);
    }
    return table;
  }

  /** Collects routes; the first that names a host, method, path and fields keeps them. */
  public static final class Builder {

    private final Map<Listener, Map<RouteMatch, Route>> routes = new EnumMap<>(Listener.class);
    private final Map<Listener, Map<String, String>> headers = new EnumMap<>(Listener.class);
    private final Map<RouteMatch, Route> alone = new HashMap<>();
    private Route.@Nullable Forward fallback;

    private Builder() {
      for (Listener listener : Listener.values()) {
        routes.put(listener, new LinkedHashMap<>());
        headers.put(listener, new TreeMap<>());
      }
    }

    /**
     * One of our own routes; the body is collected before the endpoint is called.
     *
     * @param template {@code /v1/models/{model}:explain}; {@code {path*}} takes the rest
     * @param bytesMax longest body, 413 beyond it
     */
    public Builder endpoint(
        Listener listener,
        String method,
        String template,
        Role role,
        long bytesMax,
        Endpoint endpoint) {
      Route route = new Route.Serve(endpoint, role, bytesMax, /* streaming= */ false);
      return add(listener, RouteMatch.of(method, template), route);
    }

    /** The same, and the endpoint reads {@link Call#bodyStream()} while it arrives. */
    public Builder streaming(
        Listener listener,
        String method,
        String template,
        Role role,
        long bytesMax,
        Endpoint endpoint) {
      Route route = new Route.Serve(endpoint, role, bytesMax, /* streaming= */ true);
      return add(listener, RouteMatch.of(method, template), route);
    }

    /**
     * Installs a profile's inference paths; they are tapped. The path names the model, or a header.
     */
    public Builder inference(Profile profile, List<Target> targets, RoutePolicy policy) {
      return install("{model}", new Route.Forward(targets, profile, true, "", policy));
    }

    /**
     * Installs a profile's inference paths for one model. Paths that do not name it are its own
     * while it is the only one; of several each gets the requests that name it in a header.
     */
    public Builder inference(
        Profile profile, String model, List<Target> targets, RoutePolicy policy) {
      return install(model, new Route.Forward(targets, profile, true, model, policy));
    }

    private Builder install(String model, Route.Forward route) {
      for (String path : ProfilePaths.of(route.profile(), model)) {
        RouteMatch match = RouteMatch.of("POST", path);
        if (!route.model().isEmpty() && !ProfilePaths.nameModel(route.profile())) {
          add(Listener.DATA, match.withFields(FieldCondition.model(route.model())), route);
          Route other = alone.putIfAbsent(match, route);
          if (other != null) {
            routes(Listener.DATA).remove(match, other);
            continue;
          }
        }
        add(Listener.DATA, match, route);
      }
      return this;
    }

    /** A configured path that is forwarded and tapped. */
    public Builder forward(RouteConfig route, List<Target> targets, RoutePolicy policy) {
      RouteMatch match =
          new RouteMatch(
              new HostPattern(route.host()),
              route.method(),
              route.path(),
              FieldCondition.of(route.headers()));
      return add(
          Listener.DATA,
          match,
          new Route.Forward(targets, route.profile(), true, route.model(), policy));
    }

    /** Everything that no route matches is forwarded here, untapped. */
    public Builder fallback(Profile profile, Target target, RoutePolicy policy) {
      fallback = new Route.Forward(List.of(target), profile, false, "", policy);
      return this;
    }

    /** A field that every answer of ours on this listener carries unless it says otherwise. */
    public Builder header(Listener listener, String name, String value) {
      headers.computeIfAbsent(listener, l -> new TreeMap<>()).put(name, value);
      return this;
    }

    public Routes build() {
      Map<Listener, RouteTable> tables = new EnumMap<>(Listener.class);
      routes.forEach(
          (listener, own) ->
              tables.put(
                  listener,
                  new RouteTable(
                      own,
                      listener == Listener.DATA ? fallback : null,
                      headers.getOrDefault(listener, Map.of()))));
      return new Routes(tables);
    }

    private Builder add(Listener listener, RouteMatch match, Route route) {
      routes(listener).putIfAbsent(match, route);
      return this;
    }

    private Map<RouteMatch, Route> routes(Listener listener) {
      return routes.computeIfAbsent(listener, l -> new LinkedHashMap<>());
    }
  }
}
