package dev.sidelight.proxy.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.markup.Figures;
import java.util.ArrayList;
import java.util.List;

/** The effects of an attribution: name, number, interval, bar, in columns. */
final class EffectLines {

  private static final int SHOWN_MAX = 20;
  private static final int GAP = 2;
  private static final int BAR_MIN = 9;
  private static final int BAR_MAX = 48;

  private record Effect(String name, double phi, double low, double high) {}

  private final TextStyle style;

  EffectLines(TextStyle style) {
    this.style = style;
  }

  List<String> of(JsonNode document) {
    List<Effect> effects = effects(document);
    double largest = effects.stream().mapToDouble(e -> Math.abs(e.phi())).max().orElse(1);
    Columns columns = columns(effects, Figures.decimals(largest));
    List<String> lines = new ArrayList<>();
    for (Effect effect : effects) {
      lines.add(line(effect, effects, columns));
    }
    lines.add("");
    String ends =
        "average %s, prediction %s"
            .formatted(
                Figures.prose(document.path("baseline").asDouble()),
                Figures.prose(document.path("prediction").asDouble()));
    lines.add(Plain.cut(ends, style.columns()));
    return lines;
  }

  /** Widths; 0 leaves a column out. */
  private record Columns(int names, int numbers, int intervals, int bars, int decimals) {}

  /** Names give way first, then the intervals' numbers: the bars show them too. */
  private Columns columns(List<Effect> effects, int decimals) {
    int longest = width(effects.stream().map(Effect::name).toList());
    int numbers = width(effects.stream().map(e -> Figures.signed(e.phi(), decimals)).toList());
    int intervals = width(effects.stream().map(e -> interval(e, decimals)).toList());
    int fixed = GAP + numbers + (intervals > 0 ? GAP + intervals : 0);
    int names = Math.min(longest, style.columns() * 2 / 5);
    int bars = style.columns() - names - fixed - GAP;
    if (bars < BAR_MIN && intervals > 0) {
      bars += GAP + intervals;
      intervals = 0;
    }
    if (bars < BAR_MIN) {
      names = Math.min(longest, style.columns() - GAP - numbers);
      bars = 0;
    }
    return new Columns(names, numbers, intervals, Math.min(BAR_MAX, bars), decimals);
  }

  private String line(Effect effect, List<Effect> all, Columns columns) {
    String gap = " ".repeat(GAP);
    int names = columns.names();
    String number = Figures.signed(effect.phi(), columns.decimals());
    StringBuilder line = new StringBuilder(Plain.left(Plain.cut(effect.name(), names), names));
    line.append(gap).append(painted(effect, Plain.right(number, columns.numbers())));
    if (columns.intervals() > 0) {
      line.append(gap)
          .append(Plain.left(interval(effect, columns.decimals()), columns.intervals()));
    }
    if (columns.bars() > 0) {
      line.append(gap).append(painted(effect, bar(all, columns.bars(), effect).stripTrailing()));
    }
    return line.toString().stripTrailing();
  }

  /** The largest ones, and one for the sum of the others. */
  private static List<Effect> effects(JsonNode document) {
    List<Effect> all = new ArrayList<>();
    for (JsonNode feature : document.path("features")) {
      double phi = feature.path("attribution").asDouble();
      all.add(
          new Effect(
              label(feature),
              phi,
              feature.path("interval").path(0).asDouble(phi),
              feature.path("interval").path(1).asDouble(phi)));
    }
    if (all.size() <= SHOWN_MAX) {
      return all;
    }
    List<Effect> shown = new ArrayList<>(all.subList(0, SHOWN_MAX - 1));
    double rest = 0;
    for (Effect effect : all.subList(SHOWN_MAX - 1, all.size())) {
      rest += effect.phi();
    }
    shown.add(new Effect((all.size() - SHOWN_MAX + 1) + " others", rest, rest, rest));
    return shown;
  }

  private static String label(JsonNode feature) {
    String name = Plain.text(feature.path("name").asText());
    JsonNode value = feature.path("value");
    boolean isPlain = value.isValueNode() && !value.isNull();
    return isPlain && !value.asText().equals(feature.path("name").asText())
        ? name + " = " + Plain.text(value.asText())
        : name;
  }

  private static String interval(Effect effect, int decimals) {
    return effect.low() < effect.high()
        ? "[%s, %s]"
            .formatted(
                Figures.signed(effect.low(), decimals), Figures.signed(effect.high(), decimals))
        : "";
  }

  private static String bar(List<Effect> effects, int columns, Effect effect) {
    double low = effects.stream().mapToDouble(e -> Math.min(e.low(), e.phi())).min().orElse(0);
    double high = effects.stream().mapToDouble(e -> Math.max(e.high(), e.phi())).max().orElse(0);
    double from = Math.min(0, low);
    double to = Math.max(0, high);
    return to > from
        ? new Bar(from, to, columns).of(effect.phi(), effect.low(), effect.high())
        : "│"; // nothing moved anything
  }

  private String painted(Effect effect, String text) {
    return effect.phi() > 0 ? style.raises(text) : effect.phi() < 0 ? style.lowers(text) : text;
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(Plain::width).max().orElse(0);
  }
}
