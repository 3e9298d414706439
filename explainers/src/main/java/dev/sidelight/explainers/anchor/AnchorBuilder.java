package dev.sidelight.explainers.anchor;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorDraws;
import dev.sidelight.explainers.AnchorExamples;
import dev.sidelight.explainers.AnchorFailure;
import dev.sidelight.explainers.AnchorPredicate;
import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.AnchorSpace;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.Stopped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the answer from one arm. */
final class AnchorBuilder {

  private final String method;
  private final AnchorSettings settings;
  private final Sampler sampler;
  private final Arms arms;
  private final PredictorSession session;
  private final int referenceRows;
  private final long seed;

  AnchorBuilder(String method, AnchorSettings settings, Sampler sampler, Arms arms, Source source) {
    this.method = method;
    this.settings = settings;
    this.sampler = sampler;
    this.arms = arms;
    this.session = source.session();
    this.referenceRows = source.referenceRows();
    this.seed = source.seed();
  }

  /** What the answer tells about where it comes from. */
  record Source(PredictorSession session, int referenceRows, long seed) {}

  /**
   * @param certified the arm's test accepted it
   */
  Anchor build(Arm arm, boolean certified, Stopped stopped, int rounds) {
    boolean tested = arm.fresh().rows() > 0; // a cut round may leave a candidate without any
    Tally tally = tested ? arm.fresh() : arm.search();
    int j = tested ? arm.candidate() : arm.order();
    double alpha = settings.delta() / ((double) j * (j + 1));
    Interval precision = interval(tally, alpha, certified ? settings.threshold() : 0);
    Optional<AnchorFailure> failure =
        certified
            ? Optional.empty()
            : Optional.of(Ending.failure(stopped, precision, tally.rows(), settings.threshold()));
    AnchorSpace space = sampler.space();
    return new Anchor(
        method,
        predicates(arm),
        failure,
        (double) tally.ok() / Math.max(1, tally.rows()),
        precision,
        tally.rows(),
        settings.threshold(),
        settings.delta(),
        alpha,
        arm.coverage(),
        space.coverageInterval(arm.rule()),
        space.coverageOf(),
        arms.empty().mean(),
        examples(arm),
        sampler.tolerance(),
        sampler.same().target(),
        sampler.same().prediction(),
        referenceRows,
        session.deterministic(),
        stopped,
        rounds,
        seed,
        session.spent());
  }

  /**
   * @param least what the low end is known to reach; spares it the last bit of the bisection
   */
  private static Interval interval(Tally tally, double alpha, double least) {
    if (tally.rows() == 0) {
      return new Interval(0, 1);
    }
    return new Interval(
        Math.max(least, EProcess.lowerBound(tally.ok(), tally.bad(), alpha)),
        EProcess.upperBound(tally.ok(), tally.bad(), alpha));
  }

  private List<AnchorPredicate> predicates(Arm arm) {
    List<AnchorPredicate> predicates = new ArrayList<>();
    List<AnchorSpace.Clause> clauses = sampler.space().clauses(arm.rule());
    List<AnchorRule> prefixes = Prefixes.of(sampler.space(), arm.rule());
    double before = arms.empty().mean();
    for (int i = 0; i < clauses.size(); i++) {
      AnchorRule prefix = prefixes.get(i);
      Optional<Arm> part = arms.find(prefix).filter(found -> found.rows() > 0);
      double precision = part.map(Arm::mean).orElse(before);
      predicates.add(
          new AnchorPredicate(
              clauses.get(i).condition(),
              precision - before,
              precision,
              sampler.space().coverage(prefix),
              part.map(this::examples).orElse(AnchorExamples.none())));
      before = precision;
    }
    return predicates;
  }

  private AnchorExamples examples(Arm arm) {
    Examples examples = new Examples();
    for (int draw = 0; draw < arm.search().rows(); draw++) {
      examples.offer(arm, false, draw, arm.search().isHit(draw) ? 0 : 1);
    }
    for (int draw = 0; draw < arm.fresh().rows(); draw++) {
      examples.offer(arm, true, draw, arm.fresh().isHit(draw) ? 0 : 1);
    }
    Arm empty = arms.empty();
    AnchorDraws all = sampler.draws(empty.rule(), false, 0, Math.max(1, empty.search().rows()));
    for (int draw = 0; draw < empty.search().rows() && examples.wantsUncovered(); draw++) {
      if (!sampler.space().holds(arm.rule(), all, draw)) {
        examples.offer(empty, false, draw, empty.search().isHit(draw) ? 2 : 3);
      }
    }
    return examples.made();
  }

  /** Draws chosen as examples, made again from their numbers all at once. */
  private final class Examples {

    private final List<AnchorDraws> chosen = new ArrayList<>();
    private final List<Integer> listOf = new ArrayList<>();
    private final int[] sizes = new int[4];

    void offer(Arm arm, boolean fresh, int draw, int list) {
      if (sizes[list] < AnchorExamples.PER_LIST_MAX) {
        sizes[list]++;
        chosen.add(sampler.draws(arm.rule(), fresh, draw, 1));
        listOf.add(list);
      }
    }

    boolean wantsUncovered() {
      return sizes[2] < AnchorExamples.PER_LIST_MAX || sizes[3] < AnchorExamples.PER_LIST_MAX;
    }

    AnchorExamples made() {
      if (chosen.isEmpty()) {
        return AnchorExamples.none();
      }
      List<List<Instances>> lists = new ArrayList<>();
      for (int list = 0; list < 4; list++) {
        lists.add(new ArrayList<>());
      }
      Instances rows = sampler.space().rows(chosen);
      for (int i = 0; i < chosen.size(); i++) {
        Instances row = rows.rowsAt(i);
        List<Instances> to = lists.get(listOf.get(i));
        if (!to.contains(row)) {
          to.add(row);
        }
      }
      return new AnchorExamples(lists.get(0), lists.get(1), lists.get(2), lists.get(3));
    }
  }
}
