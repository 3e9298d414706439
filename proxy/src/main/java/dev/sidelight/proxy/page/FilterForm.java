package dev.sidelight.proxy.page;

import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.filter.Column;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The filter box with its lists, and under it what is wrong with the filter. */
final class FilterForm {

  private FilterForm() {}

  static void write(String filter, List<String> models, List<String> versions, Markup to) {
    to.open("sl-filter")
        .open(
            "form", "class", "filter", "method", "get", "action", Links.REQUESTS, "role", "search");
    list("Model", Column.MODEL, filter, named("all", models), to);
    if (!versions.isEmpty() || !FilterChoice.chosen(filter, Column.VERSION).isEmpty()) {
      list("Version", Column.VERSION, filter, named("all", versions), to);
    }
    Map<String, String> statuses = new LinkedHashMap<>();
    statuses.put("", "all");
    statuses.put("200", "200");
    statuses.put(FilterChoice.ERRORS, "errors");
    list("Status", Column.STATUS, filter, statuses, to);
    to.open("label", "class", "grow").element("span", "Filter", "class", "caption");
    to.empty(
        "input",
        "type",
        "search",
        "name",
        "filter",
        "value",
        filter,
        "spellcheck",
        "false",
        "autocomplete",
        "off",
        "autocapitalize",
        "off",
        "placeholder",
        "features.age > 40 and latency > 50ms",
        "aria-describedby",
        "filter-help",
        "aria-keyshortcuts",
        "/");
    to.close();
    to.element("button", "Apply", "type", "submit", "class", "quiet").close().close();
  }

  private static Map<String, String> named(String any, List<String> values) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("", any);
    new TreeSet<>(values).forEach(value -> options.put(value, value));
    return options;
  }

  /** A list, and beside it what it said, so that the answer tells a choice from an edited text. */
  private static void list(
      String caption, Column column, String filter, Map<String, String> options, Markup to) {
    String chosen = FilterChoice.chosen(filter, column);
    if (!chosen.isEmpty()) {
      options.putIfAbsent(chosen, chosen);
    }
    to.open("label").element("span", caption, "class", "caption");
    Choice.write(column.word(), options, chosen, to);
    to.close();
    to.empty("input", "type", "hidden", "name", "was-" + column.word(), "value", chosen);
  }

  /** The place under a caret, what was expected there. */
  static void fault(String filter, QueryException fault, Markup to) {
    to.open("div", "class", "notice bad", "role", "alert", "id", "filter-help");
    if (fault.position() >= 0 && !filter.isEmpty()) {
      int at = Math.min(fault.position(), filter.length());
      String blanks = " ".repeat(filter.codePointCount(0, at));
      to.element("pre", filter + "\n" + blanks + "^", "class", "caret");
    }
    to.element("p", sentence(String.valueOf(fault.getMessage())));
    if (!fault.expected().isEmpty()) {
      if (fault.expected().contains("features.<name>")) {
        to.open("p").text("Inputs of the model are written ");
        to.element("code", "features." + wordAt(filter, fault.position())).text(".").close();
      }
      to.element("p", "Expected here: " + String.join(", ", fault.expected()), "class", "muted");
    }
    if (fault.code().startsWith("cursor")) {
      to.open("p").element("a", "Start from the newest", "href", Links.requests(filter, 50, ""));
      to.close();
    }
    to.close();
  }

  /** The name that stands there, or an example. */
  private static String wordAt(String filter, int position) {
    String rest = filter.substring(Math.max(0, Math.min(position, filter.length())));
    String word = rest.split("[^\\p{L}\\p{N}_.-]", 2)[0];
    return word.isEmpty() ? "age" : word;
  }

  private static String sentence(String text) {
    return Optional.of(text)
        .filter(t -> !t.isEmpty())
        .map(t -> t.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + t.substring(1) + ".")
        .orElse("");
  }
}
