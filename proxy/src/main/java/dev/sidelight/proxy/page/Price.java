package dev.sidelight.proxy.page;

import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.proxy.page.markup.Figures;
import java.util.Optional;

/**
 * What an explanation may cost, said before it is asked for.
 *
 * @param rows at most so many distinct rows go to the model
 * @param millis about so long; negative when nothing is known yet
 */
record Price(long rows, double millis) {

  /** Round trips of a typical explanation; they wait for one another. */
  private static final int ROUND_TRIPS = 6;

  /** All coalitions of so many features, each with every background row, if that is fewer. */
  static Price of(int features, int background, long rowsMax, Optional<GatewayMeters> meters) {
    long all = features < 40 ? (1L << features) * Math.max(1, background) : Long.MAX_VALUE;
    long rows = Math.min(rowsMax, all);
    double millis =
        meters
            .filter(m -> m.perRowMillis() > 0 && Double.isFinite(m.perRowMillis()))
            .map(m -> ROUND_TRIPS * m.fixedMillis() + rows * m.perRowMillis())
            .orElse(-1.0);
    return new Price(rows, millis);
  }

  String words() {
    String text = "at most " + Figures.count(rows) + " model rows";
    return millis < 0 ? text : text + ", about " + Figures.duration((long) (millis * 1000));
  }
}
