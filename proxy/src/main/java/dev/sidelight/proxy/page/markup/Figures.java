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

  /** Six decimals, so that a column lines up; a number too small for them keeps its digits. */
  public static String digits(double value) {
    double size = Math.abs(value);
    boolean plain = size == 0 || (size >= 1e-6 && size < 1e9);
    return plain ? String.format(Locale.ROOT, "%.6f", value) : Double.toString(value);
  }

  /** Three decimals: a column of scores lines up. What is not all or nothing is not shown so. */
  public static String score(double value) {
    if (value > 0 && value < 0.0005) {
      return "<0.001";
    }
    return value >= 0.9995 && value < 1 ? ">0.999" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Decimals that give a number its three significant digits, at most 9. */
  public static int decimals(double value) {
    double size = Math.abs(value);
    if (size == 0 || !Double.isFinite(size)) {
      return 2;
    }
    return Math.max(0, Math.min(9, 2 - (int) Math.floor(Math.log10(size))));
  }

  /** With its sign and a real minus; what is too small for so many decimals is in powers of ten. */
  public static String signed(double value, int decimals) {
    double size = Math.abs(value);
    boolean plain = size < 1e6 && (size == 0 || size >= 1e-4 || decimals < 7);
    String text = String.format(Locale.ROOT, plain ? "%." + decimals + "f" : "%.2e", size);
    return value > 0 ? "+" + text : value < 0 ? "\u2212" + text : "0";
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

  /** {@code 0.08 ms}, {@code 8.0 ms}, {@code 123 ms}, {@code 1.25 s}, {@code 2 min 5 s}. */
  public static String duration(long micros) {
    if (micros == 0) {
      return "0 ms";
    }
    if (micros < 999_500) {
      String digits = micros < 1_000 ? "%.2f ms" : micros < 99_950 ? "%.1f ms" : "%.0f ms";
      return String.format(Locale.ROOT, digits, Math.max(0.01, micros / 1e3));
    }
    if (micros < 119_500_000) {
      String digits = micros < 9_995_000 ? "%.2f s" : micros < 99_950_000 ? "%.1f s" : "%.0f s";
      return String.format(Locale.ROOT, digits, micros / 1e6);
    }
    long seconds = Math.round(micros / 1e6);
    return seconds / 60 + " min " + seconds % 60 + " s";
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

  /** {@code 96.5 %}, {@code 0.528 %}; what is not all is not shown as all. */
  public static String share(double share) {
    String percent = prose(share * 100);
    return (share < 1 && percent.equals("100") ? "more than 99.9" : percent) + " %";
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
