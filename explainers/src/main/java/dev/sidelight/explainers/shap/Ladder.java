package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;

/** Which sampled rung is taken, decided before the first row. */
final class Ladder {

  /** Fewer coalitions than this over the whole background, and single rows tell more. */
  private static final int COALITIONS_MIN = 50;

  private Ladder() {}

  /** Refuses what no rung offers. */
  static void requirePossible(ShapSettings settings) {
    if (settings.mode() != Mode.ROW) {
      return;
    }
    if (settings.link() == Link.LOGIT) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/mode",
          "mode 'row' takes link 'identity' or 'margin': the logit of a mean needs whole"
              + " coalitions");
    }
    if (settings.interactions()) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/interactions",
          "mode 'row' has no interactions: they need whole coalitions");
    }
  }

  /** Row mode rather than coalition mode. */
  static boolean byRows(ShapSettings settings, Game game, Budget budget) {
    if (settings.mode() != Mode.AUTO) {
      return settings.mode() == Mode.ROW;
    }
    int rows = game.background().groups();
    return rows > 1
        && settings.link() != Link.LOGIT
        && !settings.interactions()
        && budget.rowsMax() < (long) COALITIONS_MIN * rows;
  }
}
