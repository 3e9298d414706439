package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * Shapley values from evaluated pairs: a Gaussian process for the odd part, corrected by regression
 * where it can be seen to be wrong; or that regression alone where the process has nothing to add.
 *
 * <p>The correction is the regression's answer on the errors that the process makes at pairs it has
 * not seen, shrunk by what is noise of it: lambda = max(0, 1 - sum se^2 / sum correction^2) (the
 * positive part of James and Stein 1961). On smooth models it is nothing; where the kernel cannot
 * follow the game, as with products of very many players, it removes the kernel's bias.
 */
final class PairEstimator {

  /** Players up to which the process is used. */
  static final int PROCESS_PLAYERS_MAX = 128;

  /** Pairs up to which all are fitted; beyond, so many of them are. */
  private static final int PROCESS_PAIRS_MAX = 2_000;

  private static final int PROCESS_PAIRS_FITTED = 1_500;

  private static final double NOTHING = 1e-12;

  /** The regression must predict unseen pairs twice as well to be believed: few pairs are noisy. */
  private static final double CLEARLY = 0.5;

  /** Nugget for a model that answers one row in two ways. */
  private static final double NOISE_NUGGET = 1e-3;

  /**
   * Share of the regression's standard error below which nobody can vouch for the process, times 1
   * - players / pairs; at least the second where there are hardly more pairs than players, when the
   * process has seen too little to judge itself.
   */
  private static final double DOUBT = 0.5;

  private static final double DOUBT_EARLY = 0.25;

  private static final double PAIRS_PER_PLAYER_EARLY = 1.5;

  /**
   * @param method {@code odd-gp} or {@code leverage}
   * @param phi per output and player
   * @param stdErrors per output and player
   * @param quantile half a 95 % interval in standard errors
   * @param interactions null unless asked for
   */
  record Estimate(
      String method,
      double[][] phi,
      double[][] stdErrors,
      double quantile,
      EvenProcess.@Nullable Fit interactions) {}

  private final PairSample sample;
  private final int target;
  private final boolean deterministic;
  private final boolean interactions;
  private final RandomStream shuffle;
  private final Jackknife jackknife;
  private final LeverageRegression regression;

  /**
   * @param target output whose pairs choose the kernel
   * @param shuffle assigns pairs to jackknife blocks
   */
  PairEstimator(
      PairSample sample,
      int target,
      boolean deterministic,
      boolean interactions,
      RandomStream shuffle) {
    this.sample = sample;
    this.target = target;
    this.deterministic = deterministic;
    this.interactions = interactions;
    this.shuffle = shuffle;
    this.jackknife = Jackknife.of(sample.pairs(), shuffle);
    this.regression = new LeverageRegression(sample, jackknife);
  }

  Estimate estimate() {
    LeverageRegression.Fit start = regression.fit(sample.odd(), sample.delta());
    Estimate plain = estimate("leverage", start.phi(), start.stdErrors());
    if (sample.players() > PROCESS_PLAYERS_MAX || (isNothing() && !interactions)) {
      return plain;
    }
    KernelSearch.@Nullable Choice choice =
        new KernelSearch(sample, target, start.phi()[target], deterministic ? 0 : NOISE_NUGGET)
            .best();
    if (choice == null) {
      return plain;
    }
    boolean all = sample.pairs() <= PROCESS_PAIRS_MAX;
    int[] chosen = sample.spread(all ? PROCESS_PAIRS_MAX : PROCESS_PAIRS_FITTED);
    Jackknife blocks = all ? jackknife : Jackknife.of(chosen.length, shuffle);
    @Nullable OddProcess process = OddProcess.fit(sample, chosen, choice);
    Estimate values = process == null ? plain : better(plain, process, blocks);
    return new Estimate(
        values.method(),
        values.phi(),
        values.stdErrors(),
        values.quantile(),
        interactions ? EvenProcess.fit(sample, chosen, choice, blocks) : null);
  }

  /**
   * Standard errors shrink with the share of all pairs that was seen, as those of every sample
   * drawn without repetition: by the root of the share that was not.
   */
  private Estimate estimate(String method, double[][] phi, double[][] stdErrors) {
    double all = StrictMath.pow(2, sample.players() - 1) - 1;
    double unseen = Math.sqrt(Math.max(0, 1 - sample.pairs() / all));
    for (double[] errors : stdErrors) {
      for (int i = 0; i < errors.length; i++) {
        errors[i] *= unseen;
      }
    }
    return new Estimate(method, phi, stdErrors, jackknife.quantile(), null);
  }

  /** The odd part of the target says nothing: all its values are 0 and no kernel fits it. */
  private boolean isNothing() {
    double most = Math.abs(sample.delta()[target] / 2);
    for (double odd : sample.odd()[target]) {
      most = Math.max(most, Math.abs(odd));
    }
    double size = Math.abs(sample.middle()[target]) + Math.abs(sample.delta()[target]) / 2;
    return most < NOTHING * Math.max(1, size);
  }

  /** The process, unless plain regression predicts unseen pairs clearly better. */
  private Estimate better(Estimate plain, OddProcess process, Jackknife blocks) {
    double[][] errors = process.unseenErrors();
    double squares = 0;
    for (double error : errors[target]) {
      squares += error * error;
    }
    double plainly = regression.leaveOneOutSquares(sample.odd()[target], sample.delta()[target]);
    if (!(CLEARLY * squares < plainly)) {
      return plain;
    }
    LeverageRegression.Fit missed = regression.fit(errors, new double[errors.length]);
    double[][] processErrors = process.stdErrors(blocks);
    double lambda = trust(missed.phi()[target], missed.stdErrors()[target]);
    double[][] phi = new double[errors.length][];
    double[][] stdErrors = new double[errors.length][];
    for (int k = 0; k < phi.length; k++) {
      phi[k] = process.values(k);
      Rows.add(phi[k], lambda, missed.phi()[k], 0, sample.players());
      stdErrors[k] = mixed(lambda, processErrors[k], missed.stdErrors()[k]);
    }
    return estimate("odd-gp", phi, stdErrors);
  }

  /** Lambda; the target's for all outputs, so that what is linear in them stays so. */
  private static double trust(double[] correction, double[] noise) {
    double signal = Rows.dot(correction, correction, 0, correction.length);
    double variance = Rows.dot(noise, noise, 0, noise.length);
    return signal > variance ? 1 - variance / signal : 0;
  }

  /**
   * With lambda the share of the correction's prior variance in its whole, lambda noise^2 is the
   * variance that is left of what it corrects.
   */
  private double[] mixed(double lambda, double[] process, double[] noise) {
    double perPlayer = (double) sample.pairs() / sample.players();
    double doubt = perPlayer < PAIRS_PER_PLAYER_EARLY ? DOUBT_EARLY : DOUBT * (1 - 1 / perPlayer);
    double[] stdErrors = new double[noise.length];
    for (int i = 0; i < noise.length; i++) {
      double both = Math.hypot((1 - lambda) * process[i], Math.sqrt(lambda) * noise[i]);
      stdErrors[i] = Math.max(both, doubt * noise[i]);
    }
    return stdErrors;
  }
}
