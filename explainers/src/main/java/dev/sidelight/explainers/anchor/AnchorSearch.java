package dev.sidelight.explainers.anchor;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.Stopped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rounds of one explanation. Each is one round trip: it tests candidates on fresh rows and
 * draws from new rules. Ends when a rule is certified and no wider one is under test.
 */
final class AnchorSearch {

  /** A rule worth testing is this far from the threshold towards certainty. */
  private static final double GOAL_SHARE = 0.2;

  /** Fewer rows say too little to call a rule the best. */
  private static final int BEST_ROWS_MIN = 48;

  private static final int PATIENT_ROUNDS = 8;
  private static final int IDLE_ROUNDS_MAX = 3;

  private final AnchorSettings settings;
  private final Sampler sampler;
  private final Ending ending;
  private final Arms arms;
  private final Certification certification;
  private final RoundPlan plan;
  private final AnchorBuilder builder;
  private double bestRank = Double.NEGATIVE_INFINITY;
  private int idleRounds;

  AnchorSearch(
      AnchorSettings settings, Sampler sampler, Ending ending, AnchorBuilder.Source source) {
    this.settings = settings;
    this.sampler = sampler;
    this.ending = ending;
    double goal = settings.threshold() + GOAL_SHARE * (1 - settings.threshold());
    this.arms = new Arms(sampler.space(), goal);
    this.certification = new Certification(settings, arms);
    this.plan = new RoundPlan(settings, sampler.space(), arms, certification);
    this.builder = new AnchorBuilder("anchor", settings, sampler, arms, source);
  }

  Anchor run(Progress progress) {
    ending.requireFirstRound();
    try {
      sampler.ask(plan.first(ending.rowsLeft(settings.rowsPerRound()) - 1));
    } catch (PredictorException failure) {
      throw ending.beforeAnything(failure);
    }
    for (int rounds = 1; ; rounds++) {
      certification.judge();
      if (isSettled()) {
        return offered(Stopped.CONVERGED, rounds, progress);
      }
      Optional<Stopped> stopped = ending.stopped(rounds);
      if (stopped.isPresent()) {
        return offered(stopped.get(), rounds, progress);
      }
      List<Wanted> wanted = plan.next(rounds + 1, ending.rowsLeft(settings.rowsPerRound()));
      if (wanted.isEmpty() || hasLostPatience(rounds, wanted)) {
        return offered(Stopped.CONVERGED, rounds, progress);
      }
      if (progress != Progress.NONE) {
        offered(Stopped.ROUND_TRIPS, rounds, progress);
      }
      try {
        sampler.ask(wanted);
      } catch (PredictorException failure) {
        return offered(ending.after(failure), rounds, progress);
      }
    }
  }

  /** Nothing under test and nothing better in sight for some rounds: there is no rule to find. */
  private boolean hasLostPatience(int rounds, List<Wanted> wanted) {
    double best = arms.all().stream().mapToDouble(arms::rank).max().orElse(0);
    boolean hopeful = wanted.stream().anyMatch(Wanted::fresh) || best > bestRank;
    idleRounds = hopeful || rounds < PATIENT_ROUNDS ? 0 : idleRounds + 1;
    bestRank = Math.max(bestRank, best);
    return idleRounds > IDLE_ROUNDS_MAX;
  }

  private boolean isSettled() {
    return certification.accepted().isPresent() && certification.underTest().isEmpty();
  }

  private Anchor offered(Stopped stopped, int rounds, Progress progress) {
    Optional<Arm> accepted = certification.accepted();
    Anchor anchor =
        builder.build(accepted.orElseGet(this::best), accepted.isPresent(), stopped, rounds);
    progress.offer(anchor, rounds, anchor.cost());
    return anchor;
  }

  /** The rule likeliest to have been worth a test. */
  private Arm best() {
    return arms.all().stream()
        .filter(arm -> arm.rows() >= BEST_ROWS_MIN)
        .max(
            Comparator.comparingDouble(arms::rank)
                .thenComparingDouble(Arm::coverage)
                .thenComparingInt(arm -> -arm.order()))
        .orElse(arms.empty());
  }
}
