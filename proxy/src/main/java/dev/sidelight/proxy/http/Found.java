package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the table says to a host, a method and a path. */
sealed interface Found {

  record Hit(Route route, Map<String, String> parameters) implements Found {}

  /**
   * Fields of the request decide.
   *
   * @param conditional tried in this order
   * @param otherwise where the conditions of none hold
   */
  record ByFields(List<Conditional> conditional, Found otherwise) implements Found {

    Found of(Fields fields) {
      for (Conditional each : conditional) {
        if (each.condition().holds(fields)) {
          return each.hit();
        }
      }
      return otherwise;
    }
  }

  record Conditional(FieldCondition condition, Hit hit) {}

  /** The path is ours, the method is not. */
  record WrongMethod(Set<String> allowed) implements Found {}

  /**
   * @param nearest templates that look like the path, best first
   */
  record Unknown(List<String> nearest) implements Found {}
}
