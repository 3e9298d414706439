package dev.sidelight.proxy.page.chart;

import java.util.ArrayList;
import java.util.List;

/** Maps values onto pixels. Where all values are one, it stands in the middle. */
record Scale(double low, double high, double left, double width) {

  Scale {
    double size = Math.max(Math.abs(low), Math.abs(high));
    if (!(high - low > size * 1e-12)) { // one value, as far as a picture can show
      double pad = size == 0 ? 0.5 : size / 2;
      low -= pad;
      high += pad;
    }
  }

  double x(double value) {
    return left + (value - low) / (high - low) * width;
  }

  /** Round values inside, some three to six. */
  List<Double> ticks() {
    double raw = (high - low) / 4;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * power;
      if (step >= raw) {
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    if (step > 0 && Double.isFinite(step)) {
      for (long k = (long) Math.ceil(low / step); k * step <= high && ticks.size() < 8; k++) {
        ticks.add(k * step);
      }
    }
    return ticks;
  }
}
