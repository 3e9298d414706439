package dev.sidelight.proxy.page.markup;

import java.util.Locale;

/** Numbers as the page writes them, the same on every machine. */
public final class Figures {

  private Figures() {}

  /** Three significant digits. */
  public static String prose(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (size >= 1e6 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    return trimmed(String.format(Locale.ROOT, "%." + decimals + "f", value));
  }

  /** The same with its sign, and a real minus. */
  public static String signed(double value) {
    String text = prose(value);
    return value > 0 ? "+" + text : text.replace('-', '\u2212');
  }

  /** A length in pixels: at most two decimals. */
  public static String px(double value) {
    String text = trimmed(String.format(Locale.ROOT, "%.2f", value));
    return text.equals("-0") ? "0" : text;
  }

  /** Thousands apart. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 8.1 ms}, {@code 1.25 s}. */
  public static String duration(long micros) {
    if (micros < 1_000_000) {
      return trimmed(String.format(Locale.ROOT, micros < 100_000 ? "%.1f" : "%.0f", micros / 1e3))
          + " ms";
    }
    return trimmed(String.format(Locale.ROOT, "%.2f", micros / 1e6)) + " s";
  }

  /** {@code 312 B}, {@code 16.2 KB}. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? trimmed(String.format(Locale.ROOT, "%.1f", bytes / 1e3)) + " KB"
        : trimmed(String.format(Locale.ROOT, "%.1f", bytes / 1e6)) + " MB";
  }

  /** {@code 31 %}; what is not nothing is not shown as nothing. */
  public static String percent(double share) {
    double percent = share * 100;
    if (percent > 0 && percent < 1) {
      return "< 1 %";
    }
    return Math.round(percent == 100 || percent < 99.5 ? percent : 99) + " %";
  }

  /** {@code 1st}, {@code 72nd}. */
  public static String ordinal(long n) {
    String ending =
        switch ((int) (n % 10)) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
    return n + (n % 100 >= 11 && n % 100 <= 13 ? "th" : ending);
  }

  private static String trimmed(String decimal) {
    return decimal.contains(".") ? decimal.replaceAll("0+$", "").replaceAll("\\.$", "") : decimal;
  }
}
