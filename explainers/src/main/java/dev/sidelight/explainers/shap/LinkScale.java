package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Link;

/**
 * Turns outputs into the scale in which attributions add up, and counts the probabilities it had to
 * clip on the way.
 */
final class LinkScale {

  /** A probability is kept this far from 0 and 1 before its logit is taken. */
  private static final double EDGE = 1e-6;

  private final Link link;
  private long clipped;

  LinkScale(Link link) {
    this.link = link;
  }

  Link link() {
    return link;
  }

  long clipped() {
    return clipped;
  }

  /** Forgets the count, for values that are computed again. */
  void restart() {
    clipped = link == Link.LOGIT ? 0 : clipped;
  }

  /** A row's output, before it is averaged over the background. */
  double ofRow(double output) {
    if (link == Link.IDENTITY) {
      return output;
    }
    if (!(output >= -EDGE && output <= 1 + EDGE)) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/link",
          "link '%s' needs outputs that are probabilities; the model answered a value outside [0, 1]"
              .formatted(link == Link.MARGIN ? "margin" : "logit"));
    }
    return link == Link.MARGIN ? logit(output) : output;
  }

  /** A coalition's value, the mean over the background of what {@link #ofRow} gave. */
  double ofMean(double mean) {
    return link == Link.LOGIT ? logit(mean) : mean;
  }

  private double logit(double probability) {
    double p = Math.min(1 - EDGE, Math.max(EDGE, probability));
    if (p != probability) {
      clipped++;
    }
    return StrictMath.log(p) - StrictMath.log1p(-p);
  }
}
