package dev.sidelight.explainers.shap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernel's three numbers by marginal likelihood: first on a fixed grid of 72, then by
 * fixed steps around its best. No chance is involved: the same pairs choose the same kernel. The
 * scale is profiled out: log ML = -q/2 log(o' A^-1 o / q) - 1/2 log|A| (Rasmussen &amp; Williams
 * 2006, section 5.4.1).
 *
 * <p>The whole grid is judged on a few pairs and only its best on more, which costs a tenth of
 * judging all on all and chooses as well.
 */
final class KernelSearch {

  /** The exponents p of the players' shares. */
  private static final double[] EXPONENTS = {0, 0.25, 0.5, 1};

  /** The largest weight c. */
  private static final double[] SCALES = {0.02, 0.05, 0.1, 0.2, 0.35, 0.5};

  /** Shares of k(S, S) added to the diagonal. */
  private static final double[] NUGGETS = {1e-6, 1e-3, 1e-1};

  private static final int PAIRS_FIRST = 128;

  private static final int FINALISTS = 4;

  private static final int PAIRS_FINAL = 400;

  /** Steps around the best of the grid: about half and about a quarter of the grid's own. */
  private static final double[] STEPS = {1, 0.5};

  private static final double SCALE_STEP = 1.4;
  private static final double EXPONENT_STEP = 0.15;
  private static final double NUGGET_STEP = 10;

  /**
   * @param c the largest weight
   * @param p exponent of the players' shares
   * @param nugget share of k(S, S)
   */
  private record Shape(double c, double p, double nugget) {

    /** The two neighbours in each of the three directions. */
    List<Shape> around(double step) {
      double scale = StrictMath.pow(SCALE_STEP, step);
      double noise = StrictMath.pow(NUGGET_STEP, step);
      return List.of(
          new Shape(c * scale, p, nugget),
          new Shape(c / scale, p, nugget),
          new Shape(c, p + EXPONENT_STEP * step, nugget),
          new Shape(c, Math.max(0, p - EXPONENT_STEP * step), nugget),
          new Shape(c, p, nugget * noise),
          new Shape(c, p, nugget / noise));
    }
  }

  /**
   * @param nugget share of k(S, S)
   */
  record Choice(PlayerWeights weights, double nugget) {}

  private record Judged(Shape shape, double logLikelihood) {}

  private final PairSample sample;
  private final int target;
  private final double[] start;
  private final double nuggetMin;

  /**
   * @param target the output whose pairs choose
   * @param start first estimate of its values
   * @param nuggetMin share of k(S, S); above 0 for a model that answers one row in two ways
   */
  KernelSearch(PairSample sample, int target, double[] start, double nuggetMin) {
    this.sample = sample;
    this.target = target;
    this.start = start;
    this.nuggetMin = nuggetMin;
  }

  /** Null where every kernel of the grid is singular on these pairs. */
  @Nullable Choice best() {
    List<Judged> grid = new ArrayList<>();
    Judge first = new Judge(PAIRS_FIRST);
    for (double p : EXPONENTS) {
      for (double c : SCALES) {
        grid.addAll(first.judge(c, p, NUGGETS));
      }
    }
    grid.sort(Comparator.comparingDouble(Judged::logLikelihood).reversed());
    Judge last = sample.pairs() <= PAIRS_FIRST ? first : new Judge(PAIRS_FINAL);
    @Nullable Judged best = null;
    for (Judged finalist : grid.subList(0, Math.min(FINALISTS, grid.size()))) {
      best = last.better(best, finalist.shape());
    }
    if (best == null) {
      return null;
    }
    for (double step : STEPS) {
      for (int direction = 0; direction < 6; direction++) {
        best = last.better(best, best.shape().around(step).get(direction));
      }
    }
    Shape shape = best.shape();
    return new Choice(
        PlayerWeights.of(start, shape.c(), shape.p()), Math.max(nuggetMin, shape.nugget()));
  }

  /** Judges kernels on a part of the pairs. */
  private final class Judge {
    private final double[][] chi;
    private final double[] odd;

    Judge(int pairsMax) {
      int[] chosen = sample.spread(pairsMax);
      this.chi = sample.signs(chosen);
      this.odd = sample.oddOf(target, chosen);
    }

    /** The likelier of the two; a singular one is none. */
    Judged better(@Nullable Judged best, Shape other) {
      List<Judged> judged = judge(other.c(), other.p(), new double[] {other.nugget()});
      boolean wins =
          !judged.isEmpty()
              && (best == null || judged.get(0).logLikelihood() > best.logLikelihood());
      return wins || best == null
          ? judged.stream().findFirst().orElse(new Judged(other, Double.NEGATIVE_INFINITY))
          : best;
    }

    List<Judged> judge(double c, double p, double[] nuggets) {
      PairKernel kernel = new PairKernel(PlayerWeights.of(start, c, p));
      double[][] covariance = kernel.odd(chi);
      List<Judged> judged = new ArrayList<>();
      for (double nugget : nuggets) {
        double[][] matrix = Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
        kernel.addNugget(matrix, Math.max(nuggetMin, nugget));
        @Nullable Cholesky factor = Cholesky.of(matrix);
        if (factor != null) {
          judged.add(new Judged(new Shape(c, p, nugget), logLikelihood(factor)));
        }
      }
      return judged;
    }

    private double logLikelihood(Cholesky factor) {
      double[] half = odd.clone();
      factor.halfSolve(half);
      double squares = 0;
      for (double y : half) {
        squares += y * y;
      }
      int q = half.length;
      return -q / 2.0 * StrictMath.log(squares / q) - factor.logDeterminant() / 2;
    }
  }
}
