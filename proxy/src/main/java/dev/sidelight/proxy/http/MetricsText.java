package dev.sidelight.proxy.http;

import java.util.Map;

/** Writes Prometheus' text form, version 0.0.4. */
public final class MetricsText {

  private final StringBuilder out = new StringBuilder(8192);

  public MetricsText family(String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /**
   * @param labels without braces, may be empty
   */
  public MetricsText sample(String name, String labels, Number number) {
    double value = number.doubleValue();
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ');
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      out.append(value);
    }
    out.append('\n');
    return this;
  }

  public MetricsText gauge(String name, String help, Number value) {
    return family(name, "gauge", help).sample(name, "", value);
  }

  public MetricsText counter(String name, String help, Number value) {
    return family(name, "counter", help).sample(name, "", value);
  }

  /** One counter, one label. */
  MetricsText counters(String name, String help, String label, Map<String, ? extends Number> of) {
    family(name, "counter", help);
    of.forEach((value, count) -> sample(name, label + "=\"" + escaped(value) + "\"", count));
    return this;
  }

  MetricsText histogram(String name, String labels, Histogram histogram) {
    histogram.append(out, name, labels);
    return this;
  }

  /** A label value as it may stand between quotes. */
  public static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
