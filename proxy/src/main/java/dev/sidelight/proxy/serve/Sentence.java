package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.OutputAttribution;
import java.util.Locale;
import java.util.function.Function;

/** An attribution in one sentence. */
public final class Sentence {

  private Sentence() {}

  /**
   * {@code The model says >50K (0.87). The average is 0.24; capital_gain = 2174 raised it most
   * (+0.42, ...).}
   */
  public static String of(Attribution attribution, ReferenceSet reference, Instances x) {
    return of(attribution, player -> subject(player, reference, x));
  }

  /** The same where players are parts of a text or an image: they are called by their names. */
  public static String ofParts(Attribution attribution) {
    return of(attribution, player -> "'" + player.name() + "'");
  }

  private static String of(Attribution attribution, Function<FeatureGroup, String> subject) {
    OutputAttribution output = attribution.targeted();
    StringBuilder sentence = new StringBuilder("The model says ");
    String label = output.target().label();
    String prediction = number(output.prediction());
    sentence.append(label.isEmpty() ? prediction : label + " (" + prediction + ")");
    sentence.append(". The average is ").append(number(output.baseline()));
    int strongest = strongest(output.values());
    if (strongest < 0) {
      return sentence.append("; nothing in this row moves it.").toString();
    }
    double value = output.values()[strongest];
    Interval interval = output.intervals()[strongest];
    sentence
        .append("; ")
        .append(subject.apply(attribution.players().get(strongest)))
        .append(value > 0 ? " raised" : " lowered")
        .append(" it most (")
        .append(value > 0 ? "+" : "")
        .append(number(value));
    if (interval.low() < interval.high() && Double.isFinite(interval.high() - interval.low())) {
      sentence
          .append(", ")
          .append(number(interval.low()))
          .append(" to ")
          .append(number(interval.high()));
    }
    return sentence.append(").").toString();
  }

  private static String subject(FeatureGroup player, ReferenceSet reference, Instances x) {
    if (player.members().size() > 1) {
      return player.name();
    }
    String value = new FeatureValues(reference.schema(), x).text(0, player.members().get(0));
    return player.name() + " = " + value;
  }

  private static int strongest(double[] values) {
    int best = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 && (best < 0 || Math.abs(values[i]) > Math.abs(values[best]))) {
        best = i;
      }
    }
    return best;
  }

  /** Three significant digits, as prose has them. */
  public static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 1e6 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
