package dev.sidelight.proxy.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the demo's model takes: so much for a call and so much for each of its rows. Real models
 * are slower than a small forest; without this nobody would see batching or progress.
 *
 * @param callMicros at least 0
 * @param rowMicros at least 0
 */
public record ModelLatency(long callMicros, long rowMicros) {

  public static final ModelLatency NONE = new ModelLatency(0, 0);
  public static final ModelLatency DEFAULT = new ModelLatency(4_000, 5);

  private static final long MICROS_MAX = 60_000_000;
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9})(ms|us)(?:\\+(\\d{1,9})(ms|us)/row)?");

  public ModelLatency {
    check(callMicros);
    check(rowMicros);
  }

  /**
   * @param text {@code 4ms+5us/row}, {@code 250us}, {@code 0}
   * @throws IllegalArgumentException naming the setting, the rule and the value
   */
  public static ModelLatency parse(String text) {
    if (text.equals("0")) {
      return NONE;
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "--model-latency must look like 4ms+5us/row, 250us or 0, got " + text);
    }
    long row = parts.group(3) == null ? 0 : micros(parts.group(3), parts.group(4));
    return new ModelLatency(micros(parts.group(1), parts.group(2)), row);
  }

  /** The time a call with {@code rows} rows takes. */
  public long micros(int rows) {
    return callMicros + rowMicros * rows;
  }

  @Override
  public String toString() {
    return callMicros + "us+" + rowMicros + "us/row";
  }

  private static long micros(String count, String unit) {
    return Long.parseLong(count) * (unit.equals("ms") ? 1_000 : 1);
  }

  private static void check(long micros) {
    if (micros < 0 || micros > MICROS_MAX) {
      throw new IllegalArgumentException(
          "--model-latency must be from 0 to one minute, got " + micros + "us");
    }
  }
}
