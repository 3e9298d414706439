package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.NearestName;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.http.Principal.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The immutable table of one configuration generation: listener, path, method. An exact path goes
 * before a template, a template with a longer literal beginning before a shorter one.
 */
public final class Routes {

  /** What the table says to a method and a path. */
  sealed interface Found {
    record Hit(Route route, Map<String, String> parameters) implements Found {}

    /** The path is ours, the method is not. */
    record WrongMethod(Set<String> allowed) implements Found {}

    /**
     * @param nearest templates that look like the path, best first
     */
    record Unknown(List<String> nearest) implements Found {}
  }

  private record Entry(Template template, Map<String, Route> methods) {}

  private record Table(
      Map<String, Entry> exact,
      List<Entry> templates,
      Route.@Nullable Forward fallback,
      Map<String, String> headers) {}

  private final Map<Listener, Table> tables;

  private Routes(Map<Listener, Table> tables) {
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
    for (Table table : tables.values()) {
      table.exact().values().forEach(entry -> backends(entry.methods().values(), all));
      table.templates().forEach(entry -> backends(entry.methods().values(), all));
      if (table.fallback() != null) {
        backends(List.of(table.fallback()), all);
      }
    }
    return all;
  }

  private static void backends(Collection<? extends Route> routes, Set<Backend> into) {
    for (Route route : routes) {
      if (route instanceof Route.Forward forward) {
        forward.targets().forEach(target -> into.add(target.backend()));
      }
    }
  }

  Found find(Listener listener, String method, String path) {
    Table table = table(listener);
    Set<String> allowed = null;
    Entry exact = table.exact().get(path);
    if (exact != null) {
      Route route = routeOf(exact, method);
      if (route != null) {
        return new Found.Hit(route, Map.of());
      }
      allowed = new TreeSet<>(exact.methods().keySet());
    }
    for (Entry entry : table.templates()) {
      Map<String, String> parameters = entry.template().match(path);
      if (parameters != null) {
        Route route = routeOf(entry, method);
        if (route != null) {
          return new Found.Hit(route, parameters);
        }
        allowed = allowed == null ? new TreeSet<>() : allowed;
        allowed.addAll(served(entry));
      }
    }
    return orElse(table, path, allowed);
  }

  private static Found orElse(Table table, String path, @Nullable Set<String> allowed) {
    if (table.fallback() != null && (allowed == null || allowed.isEmpty())) {
      return new Found.Hit(table.fallback(), Map.of());
    }
    if (allowed != null && !allowed.isEmpty()) {
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      return new Found.WrongMethod(allowed);
    }
    return new Found.Unknown(NearestName.several(path, templates(table), 3));
  }

  /** Methods of our own endpoints: a path that is only forwarded takes any other method too. */
  private static Set<String> served(Entry entry) {
    Set<String> methods = new TreeSet<>();
    entry
        .methods()
        .forEach(
            (method, route) -> {
              if (route instanceof Route.Serve) {
                methods.add(method);
              }
            });
    return methods;
  }

  private static @Nullable Route routeOf(Entry entry, String method) {
    Route route = entry.methods().get(method);
    return route == null && method.equals("HEAD") ? entry.methods().get("GET") : route;
  }

  private static List<String> templates(Table table) {
    List<String> all = new ArrayList<>(table.exact().keySet());
    table.templates().forEach(entry -> all.add(entry.template().text()));
    return all;
  }

  private Table table(Listener listener) {
    Table table = tables.get(listener);
    if (table == null) {
      throw new IllegalStateException("no table for " + listener);
    }
    return table;
  }

  /** Collects routes; the first that names a method and a path keeps it. */
  public static final class Builder {

    private final Map<Listener, Map<String, Entry>> entries = new EnumMap<>(Listener.class);
    private final Map<Listener, Map<String, String>> headers = new EnumMap<>(Listener.class);
    private Route.@Nullable Forward fallback;

    private Builder() {
      for (Listener listener : Listener.values()) {
        entries.put(listener, new HashMap<>());
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
      return add(listener, method, template, new Route.Serve(endpoint, role, bytesMax, false));
    }

    /** The same, and the endpoint reads {@link Call#bodyStream()} while it arrives. */
    public Builder streaming(
        Listener listener,
        String method,
        String template,
        Role role,
        long bytesMax,
        Endpoint endpoint) {
      return add(listener, method, template, new Route.Serve(endpoint, role, bytesMax, true));
    }

    /** Installs a profile's inference paths; they are tapped. The path names the model. */
    public Builder inference(Profile profile, List<Target> targets) {
      Route route = new Route.Forward(targets, profile, true, "");
      switch (profile) {
        case V1 -> add(Listener.DATA, "POST", "/v1/models/{model}:predict", route);
        case V2 -> {
          add(Listener.DATA, "POST", "/v2/models/{model}/infer", route);
          add(Listener.DATA, "POST", "/v2/models/{model}/versions/{version}/infer", route);
        }
        case RAW -> {
          // its paths are configured one by one
        }
      }
      return this;
    }

    /** Installs a profile's inference paths for one model by its name. */
    public Builder inference(Profile profile, String model, List<Target> targets) {
      Route route = new Route.Forward(targets, profile, true, model);
      switch (profile) {
        case V1 -> add(Listener.DATA, "POST", "/v1/models/" + model + ":predict", route);
        case V2 -> {
          add(Listener.DATA, "POST", "/v2/models/" + model + "/infer", route);
          add(Listener.DATA, "POST", "/v2/models/" + model + "/versions/{version}/infer", route);
        }
        case RAW -> {
          // its paths are configured one by one
        }
      }
      return this;
    }

    /** A configured path that is forwarded and tapped. */
    public Builder forward(
        String method, String path, Profile profile, String model, List<Target> targets) {
      return add(Listener.DATA, method, path, new Route.Forward(targets, profile, true, model));
    }

    /** Everything that no route matches is forwarded here, untapped. */
    public Builder fallback(Profile profile, Target target) {
      fallback = new Route.Forward(List.of(target), profile, false, "");
      return this;
    }

    /** A field that every answer of ours on this listener carries unless it says otherwise. */
    public Builder header(Listener listener, String name, String value) {
      headers.computeIfAbsent(listener, l -> new TreeMap<>()).put(name, value);
      return this;
    }

    public Routes build() {
      Map<Listener, Table> tables = new EnumMap<>(Listener.class);
      for (Map.Entry<Listener, Map<String, Entry>> listener : entries.entrySet()) {
        Map<String, Entry> exact = new HashMap<>();
        List<Entry> templates = new ArrayList<>();
        for (Entry entry : listener.getValue().values()) {
          if (entry.template().isLiteral()) {
            exact.put(entry.template().text(), entry);
          } else {
            templates.add(entry);
          }
        }
        templates.sort(
            Comparator.<Entry>comparingInt(e -> -e.template().literalPrefix())
                .thenComparingInt(e -> -e.template().literalLength())
                .thenComparing(e -> e.template().text()));
        Map<String, String> fields = headers.getOrDefault(listener.getKey(), Map.of());
        tables.put(
            listener.getKey(),
            new Table(
                Map.copyOf(exact),
                List.copyOf(templates),
                listener.getKey() == Listener.DATA ? fallback : null,
                Map.copyOf(fields)));
      }
      return new Routes(tables);
    }

    private Builder add(Listener listener, String method, String template, Route route) {
      entries
          .computeIfAbsent(listener, l -> new HashMap<>())
          .computeIfAbsent(template, t -> new Entry(new Template(t), new HashMap<>()))
          .methods()
          .putIfAbsent(method, route);
      return this;
    }
  }
}
