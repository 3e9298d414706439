package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.Stopped;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Enumerates the sub-game of every background row: its 2^|D_b| hybrids, D_b being the players whose
 * value differs from x's in that row. Everybody else is a dummy there, so the row's Shapley values
 * are those of |D_b| players, and the game's are their weighted mean.
 */
final class ExactMode {

  /** Rows an exact answer may cost unless it was asked for by name. */
  static final int ROWS_MAX = 16_384;

  /** A logit of the mean needs all 2^n coalitions; up to here they are a table. */
  static final int LOGIT_PLAYERS_MAX = 16;

  /** Entries of the index table: 64 MB. */
  private static final double NOMINAL_MAX = 1 << 24;

  private final Game game;
  private final Background background;
  private final boolean interactions;
  private final int[][] hybridOf;

  ExactMode(Game game, boolean interactions) {
    this.game = game;
    this.interactions = interactions;
    this.background = game.background();
    this.hybridOf = new int[background.groups()][];
  }

  /** Adds every hybrid to the game, or none and false when more than rowsMax would be there. */
  boolean fits(long rowsMax) {
    if (background.nominalRows() > NOMINAL_MAX
        || Math.pow(2, background.mostDiffering()) > rowsMax
        || (game.scale().link() == Link.LOGIT && game.players() > LOGIT_PLAYERS_MAX)) {
      return false;
    }
    HybridTable hybrids = game.hybrids();
    int before = hybrids.size();
    for (int g = 0; g < hybridOf.length; g++) {
      int[] index = SubGames.enumerate(hybrids, background, g, rowsMax);
      if (index == null) {
        hybrids.truncate(before);
        return false;
      }
      hybridOf[g] = index;
    }
    return true;
  }

  /** Asks whatever is not answered yet, in one round trip, and solves. */
  Solution solve(Arithmetic arithmetic) {
    for (int g = 0; g < hybridOf.length; g++) {
      game.countLogical((double) hybridOf[g].length * background.rowsOf()[g]);
    }
    game.ask();
    dropRefused();
    return arithmetic.run(this::solveAnswered);
  }

  private Solution solveAnswered() {
    boolean mean = game.scale().link() == Link.LOGIT;
    Solution.OutputSolution[] outputs = new Solution.OutputSolution[game.outputs()];
    for (int k = 0; k < outputs.length; k++) {
      outputs[k] = mean ? solveMean(k) : solveRows(k);
    }
    return new Solution(Solution.ENUMERATED, Stopped.EXACT, 0, outputs);
  }

  private void dropRefused() {
    if (!game.anyFailed()) {
      return;
    }
    for (int g = 0; g < hybridOf.length; g++) {
      SubGames.dropIfRefused(game, g, hybridOf[g]);
    }
  }

  /** Identity and margin: linear in the background rows, so each row's game is solved alone. */
  private Solution.OutputSolution solveRows(int k) {
    int n = game.players();
    double[][] perGroup = new double[hybridOf.length][n];
    CompensatedSum[] pairs = pairSums(n);
    CompensatedSum baseline = new CompensatedSum();
    for (int g = 0; g < hybridOf.length; g++) {
      if (game.isLive(g)) {
        int[] differing = background.differing()[g];
        double[] v = SubGames.values(game, hybridOf[g], k);
        double[] phi = ExactShapley.values(v, differing.length);
        for (int i = 0; i < phi.length; i++) {
          perGroup[g][differing[i]] = phi[i];
        }
        addInteractions(v, differing, game.weight(g), pairs);
        baseline.add(game.weight(g) * v[0]);
      }
    }
    double[] phi = mean(perGroup);
    return new Solution.OutputSolution(
        baseline.value(),
        game.prediction(k),
        phi,
        new double[n],
        backgroundStdErrors(perGroup, phi),
        false,
        pairwise(pairs));
  }

  /** One sum per two players, none unless interactions were asked for. */
  private CompensatedSum[] pairSums(int players) {
    CompensatedSum[] sums = new CompensatedSum[interactions ? players * (players - 1) / 2 : 0];
    Arrays.setAll(sums, _ -> new CompensatedSum());
    return sums;
  }

  /** Players that are equal to x in this row have no interaction with anybody there. */
  private void addInteractions(double[] v, int[] differing, double weight, CompensatedSum[] to) {
    if (to.length == 0) {
      return;
    }
    double[] sii = ExactShapley.interactions(v, differing.length);
    int n = game.players();
    for (int i = 0, pair = 0; i < differing.length; i++) {
      int first = differing[i];
      int before = first * (2 * n - first - 1) / 2; // pairs whose first player is an earlier one
      for (int j = i + 1; j < differing.length; j++, pair++) {
        to[before + differing[j] - first - 1].add(weight * sii[pair]);
      }
    }
  }

  private static Solution.Pairwise pairwise(CompensatedSum[] sums) {
    double[] values = Arrays.stream(sums).mapToDouble(CompensatedSum::value).toArray();
    return new Solution.Pairwise(values, new double[values.length]);
  }

  private double[] mean(double[][] perGroup) {
    double[] phi = new double[game.players()];
    for (int i = 0; i < phi.length; i++) {
      CompensatedSum sum = new CompensatedSum();
      for (int g = 0; g < perGroup.length; g++) {
        if (game.isLive(g)) {
          sum.add(game.weight(g) * perGroup[g][i]);
        }
      }
      phi[i] = sum.value();
    }
    return phi;
  }

  /**
   * sd_b(phi^b_i) / sqrt(N): how far another background of this size might move the value. With
   * weights, N is 1 / sum of their squares.
   */
  private double[] backgroundStdErrors(double[][] perGroup, double[] phi) {
    double squares = game.squaredWeights();
    if (!(squares < 1)) { // one row tells nothing about another
      return new double[0];
    }
    double[] stdErrors = new double[phi.length];
    for (int i = 0; i < phi.length; i++) {
      CompensatedSum variance = new CompensatedSum();
      for (int g = 0; g < perGroup.length; g++) {
        if (game.isLive(g)) {
          double off = perGroup[g][i] - phi[i];
          variance.add(game.weight(g) * off * off);
        }
      }
      stdErrors[i] = Math.sqrt(Math.max(0, variance.value()) * squares / (1 - squares));
    }
    return stdErrors;
  }

  /** Logit of the mean: the rows of the sub-games determine every v(S) of the whole game. */
  private Solution.OutputSolution solveMean(int k) {
    int n = game.players();
    int[] maskOf = new int[hybridOf.length];
    for (int g = 0; g < maskOf.length; g++) {
      for (int player : background.differing()[g]) {
        maskOf[g] |= 1 << player;
      }
    }
    double[] v = new double[1 << n];
    for (int s = 0; s < v.length; s++) {
      CompensatedSum sum = new CompensatedSum();
      for (int g = 0; g < maskOf.length; g++) {
        if (game.isLive(g)) {
          int hybrid = hybridOf[g][Integer.compress(s, maskOf[g])];
          sum.add(game.weight(g) * game.output(hybrid, k));
        }
      }
      v[s] = game.scale().ofMean(sum.value());
    }
    CompensatedSum[] pairs = pairSums(n);
    addInteractions(v, IntStream.range(0, n).toArray(), 1, pairs);
    return new Solution.OutputSolution(
        v[0],
        v[v.length - 1],
        ExactShapley.values(v, n),
        new double[n],
        new double[0],
        false,
        pairwise(pairs));
  }
}
