package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;

/** Which sampled rung is taken, decided before the first row. */
final class Ladder {

  /** Fewer pairs of coalitions over the whole background, and as many single rows may tell more. */
  private static final int PAIRS_MIN = 16;

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

  /**
   * Row mode rather than coalition mode: where the budget has no room for 16 pairs of coalitions,
   * or one per player. From there on they tell more than as many single rows on most games of the
   * bench, up to five times as much, and nowhere less than 0.7 of it. Models with few distinct
   * values get there with few rows, since what counts is distinct rows.
   */
  static boolean byRows(ShapSettings settings, Game game, Budget budget, long seed) {
    if (settings.mode() != Mode.AUTO) {
      return settings.mode() == Mode.ROW;
    }
    return game.background().groups() > 1
        && settings.link() != Link.LOGIT
        && !settings.interactions()
        && !CoalitionMode.affords(game, PAIRS_MIN, seed, budget.rowsMax());
  }
}
