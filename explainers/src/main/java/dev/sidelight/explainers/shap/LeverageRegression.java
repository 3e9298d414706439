package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.RandomStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weighted least squares for the odd part of the game, o(S) = (v(S) - v(complement)) / 2 = sum
 * phi_i (z_i - 1/2), with kernel weights over inclusion probabilities (Leverage SHAP, Musco &amp;
 * Witter, arXiv 2410.01917). The sum of the values is imposed, not fitted: rows are z - s/n and the
 * target is o - (Delta/n)(s - n/2), so what is left for the fit sums to 0.
 *
 * <p>Uncertainty by a delete-a-block jackknife: ten random blocks of pairs, each left out in turn
 * and the system solved anew. Cost O(pairs n^2 + n^3 / 3 per block); all outputs share it.
 */
final class LeverageRegression {

  /** Jackknife blocks. */
  static final int BLOCKS = 10;

  /** Fewer pairs than this many per player get a ridge; plain least squares is singular there. */
  private static final double PAIRS_PER_PLAYER = 1.5;

  private static final double RIDGE = 1e-2;

  /** Where a system is singular all the same, first this much of the mean diagonal is added. */
  private static final double JITTER = 1e-10;

  /**
   * One evaluated pair.
   *
   * @param coalition the half S that was drawn
   * @param weight kernel weight over inclusion probability, up to a common factor
   * @param odd o(S) per output
   */
  record Pair(Coalition coalition, double weight, double[] odd) {}

  /** Values and standard errors per output and player. */
  record Fit(double[][] phi, double[][] stdErrors) {}

  private final int players;
  private final List<Pair> pairs;
  private final double[] delta;
  private final double ridge;

  /**
   * @param delta v(all) - v(nobody) per output
   */
  LeverageRegression(int players, List<Pair> pairs, double[] delta) {
    this.players = players;
    this.pairs = pairs;
    this.delta = delta;
    this.ridge = pairs.size() < PAIRS_PER_PLAYER * players ? RIDGE : 0;
  }

  /**
   * @param shuffle assigns pairs to jackknife blocks; at least {@link #BLOCKS} pairs
   */
  Fit fit(RandomStream shuffle) {
    int[] order = shuffle.permutation(pairs.size());
    Normal whole = new Normal();
    for (int j = 0; j < order.length; j++) {
      whole.add(pairs.get(j));
    }
    double[][][] without = new double[BLOCKS][][];
    for (int block = 0; block < BLOCKS; block++) {
      Normal rest = new Normal();
      for (int j = 0; j < order.length; j++) {
        if (order[j] % BLOCKS == block) {
          rest.add(pairs.get(j));
        }
      }
      rest.becomeComplementOf(whole);
      without[block] = rest.solve();
    }
    return new Fit(whole.solve(), jackknife(without));
  }

  private double[][] jackknife(double[][][] without) {
    double[][] stdErrors = new double[delta.length][players];
    for (int k = 0; k < delta.length; k++) {
      for (int i = 0; i < players; i++) {
        double mean = 0;
        for (double[][] phi : without) {
          mean += phi[k][i] / BLOCKS;
        }
        double squares = 0;
        for (double[][] phi : without) {
          squares += (phi[k][i] - mean) * (phi[k][i] - mean);
        }
        stdErrors[k][i] = Math.sqrt(squares * (BLOCKS - 1) / BLOCKS);
      }
    }
    return stdErrors;
  }

  /** Normal equations: lower triangle of Z'WZ, and Z'Wo per output. */
  private final class Normal {
    private final double[] matrix = new double[players * players];
    private final double[][] right = new double[delta.length][players];
    private final double[] row = new double[players];

    void add(Pair pair) {
      int size = pair.coalition().size();
      double share = (double) size / players;
      for (int i = 0; i < players; i++) {
        row[i] = (pair.coalition().has(i) ? 1 : 0) - share;
      }
      for (int i = 0; i < players; i++) {
        double scaled = pair.weight() * row[i];
        int at = i * players;
        for (int j = 0; j <= i; j++) {
          matrix[at + j] += scaled * row[j];
        }
      }
      for (int k = 0; k < right.length; k++) {
        double target = pair.odd()[k] - delta[k] / players * (size - players / 2.0);
        for (int i = 0; i < players; i++) {
          right[k][i] += pair.weight() * target * row[i];
        }
      }
    }

    void becomeComplementOf(Normal whole) {
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] = whole.matrix[i] - matrix[i];
      }
      for (int k = 0; k < right.length; k++) {
        for (int i = 0; i < players; i++) {
          right[k][i] = whole.right[k][i] - right[k][i];
        }
      }
    }

    /** Values per output and player. */
    double[][] solve() {
      Cholesky factor = factor();
      double[][] phi = new double[right.length][];
      for (int k = 0; k < phi.length; k++) {
        double[] beta = right[k].clone();
        factor.solve(beta);
        for (int i = 0; i < players; i++) {
          beta[i] += delta[k] / players;
        }
        phi[k] = beta;
      }
      return phi;
    }

    private Cholesky factor() {
      double trace = 0;
      for (int i = 0; i < players; i++) {
        trace += matrix[i * players + i];
      }
      double added = ridge;
      @Nullable Cholesky factor = Cholesky.of(players, system(trace / players, added));
      while (factor == null) { // ends: a large enough ridge makes anything regular
        added = Math.max(JITTER, 100 * added);
        factor = Cholesky.of(players, system(trace / players, added));
      }
      return factor;
    }

    /**
     * The rows have no component along (1, ..., 1); a positive entry there makes the matrix regular
     * and leaves the solution at minimum norm.
     */
    private double[] system(double meanDiagonal, double added) {
      double[] system = new double[matrix.length];
      for (int i = 0; i < players; i++) {
        for (int j = 0; j <= i; j++) {
          system[i * players + j] = matrix[i * players + j] + meanDiagonal / players;
        }
        system[i * players + i] += added * meanDiagonal;
      }
      return system;
    }
  }
}
