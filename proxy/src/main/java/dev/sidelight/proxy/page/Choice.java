package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Markup;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A list to choose one from. */
final class Choice {

  private Choice() {}

  /**
   * @param options what is shown, by value, in order
   * @param chosen one of the values; anything else leaves the first chosen
   */
  static void write(String name, Map<String, String> options, String chosen, Markup to) {
    to.open("select", "name", name);
    options.forEach(
        (value, text) -> {
          if (value.equals(chosen)) {
            to.element("option", text, "value", value, "selected", "");
          } else {
            to.element("option", text, "value", value);
          }
        });
    to.close();
  }

  /** Values that are shown as they are. */
  static Map<String, String> of(Collection<String> values) {
    Map<String, String> options = new LinkedHashMap<>();
    values.forEach(value -> options.put(value, value));
    return options;
  }
}
