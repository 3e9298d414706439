package dev.sidelight.proxy.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one host pattern: an exact path goes before a template, a template with a longer
 * literal beginning before a shorter one; on one path, routes that ask for fields before the one
 * that does not.
 */
final class PathTable {

  private record Choice(FieldCondition condition, Route route) {}

  /** A path and, by method, what is done there. */
  private record Entry(Template template, Map<String, List<Choice>> methods) {

    List<Choice> choices(String method) {
      List<Choice> own = methods.get(method);
      if (own == null && method.equals("HEAD")) {
        own = methods.get("GET");
      }
      return own == null ? List.of() : own;
    }
  }

  private final Map<String, Entry> exact = new HashMap<>();
  private final List<Entry> templates = new ArrayList<>();

  PathTable(Map<RouteMatch, Route> routes) {
    Map<String, Entry> entries = new HashMap<>();
    routes.forEach(
        (match, route) ->
            entries
                .computeIfAbsent(match.path(), p -> new Entry(new Template(p), new HashMap<>()))
                .methods()
                .computeIfAbsent(match.method(), m -> new ArrayList<>())
                .add(new Choice(match.fields(), route)));
    for (Entry entry : entries.values()) {
      // the more a route asks for, the earlier; else as they were given
      entry
          .methods()
          .values()
          .forEach(
              choices -> choices.sort(Comparator.comparingInt(c -> -c.condition().all().size())));
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
  }

  /**
   * Looks on behind what others found.
   *
   * @param conditional hits that depend on fields are added here
   * @param allowed methods of paths that match are added here
   * @return a hit that depends on nothing, or null
   */
  Found.@Nullable Hit find(
      String method, String path, List<Found.Conditional> conditional, Set<String> allowed) {
    Entry literal = exact.get(path);
    if (literal != null) {
      Found.Hit hit = choose(literal.choices(method), Map.of(), conditional);
      if (hit != null) {
        return hit;
      }
      allowed.addAll(served(literal));
    }
    for (Entry entry : templates) {
      Map<String, String> parameters = entry.template().match(path);
      if (parameters != null) {
        Found.Hit hit = choose(entry.choices(method), parameters, conditional);
        if (hit != null) {
          return hit;
        }
        allowed.addAll(served(entry));
      }
    }
    return null;
  }

  private static Found.@Nullable Hit choose(
      List<Choice> choices, Map<String, String> parameters, List<Found.Conditional> conditional) {
    for (Choice choice : choices) {
      Found.Hit hit = new Found.Hit(choice.route(), parameters);
      if (choice.condition().all().isEmpty()) {
        return hit;
      }
      conditional.add(new Found.Conditional(choice.condition(), hit));
    }
    return null;
  }

  /** Methods of our own endpoints: a path that is only forwarded takes any other method too. */
  private static Set<String> served(Entry entry) {
    Set<String> methods = new TreeSet<>();
    entry
        .methods()
        .forEach(
            (method, choices) -> {
              if (choices.stream().anyMatch(choice -> choice.route() instanceof Route.Serve)) {
                methods.add(method);
              }
            });
    return methods;
  }

  /** All methods of the paths that match, served or forwarded. */
  Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    Entry literal = exact.get(path);
    if (literal != null) {
      methods.addAll(literal.methods().keySet());
    }
    for (Entry entry : templates) {
      if (entry.template().match(path) != null) {
        methods.addAll(entry.methods().keySet());
      }
    }
    return methods;
  }

  List<String> texts() {
    List<String> all = new ArrayList<>(exact.keySet());
    templates.forEach(entry -> all.add(entry.template().text()));
    return all;
  }
}
