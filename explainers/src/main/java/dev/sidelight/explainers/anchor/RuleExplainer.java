package dev.sidelight.explainers.anchor;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Explainer;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.RuleSettings;
import dev.sidelight.explainers.Stopped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Audits a rule the caller gives: its precision, bound and coverage by the same draws and the same
 * e-process as anchors, as first and only candidate. Stateless, so one instance serves all.
 */
public final class RuleExplainer implements Explainer<RuleSettings, Anchor> {

  /** Beside the rule: rows of the empty rule and of each shorter one, for what each part gains. */
  private static final int PREFIX_ROWS = 256;

  /** Undecided after so many rows, the precision is as good as the threshold. */
  private static final int ROWS_MAX = 16_384;

  /**
   * @return success: the rule's precision is certified to be above the threshold; failure with
   *     {@code no_rule}: it is below, with {@code near_threshold}: neither could be shown
   * @throws ExplainException as of {@link AnchorExplainer}, and {@code parameter_range} with the
   *     pointer of a condition that is not true of the row
   * @throws PredictorException when the backend fails before a first result is there
   */
  @Override
  public Anchor explain(
      ExplainRequest<RuleSettings> request, PredictorSession predictor, Progress progress) {
    AnchorSettings settings = request.settings().anchor();
    Columns columns = Columns.of(request.row(), request.reference());
    List<Atom> atoms = new RuleAtoms(columns).of(request.settings().rule());
    TabularSpace space = new TabularSpace(columns, atoms);
    List<String> classes = request.reference().schema().outputs();
    Sampler sampler =
        new Sampler(space, predictor, settings, classes, request.row(), request.seed());
    AnchorBuilder.Source source =
        new AnchorBuilder.Source(predictor, request.reference().size(), request.seed());
    Arms arms = new Arms(space, settings.threshold());
    AnchorRule rule = AnchorRule.EMPTY;
    for (int atom = 0; atom < atoms.size(); atom++) {
      rule = rule.with(atom);
    }
    AnchorBuilder builder = new AnchorBuilder("rule", settings, sampler, arms, source);
    return new Audit(settings, sampler, arms, builder, new Ending(request.budget(), predictor))
        .run(arms.arm(rule), progress);
  }

  private record Audit(
      AnchorSettings settings, Sampler sampler, Arms arms, AnchorBuilder builder, Ending ending) {

    Anchor run(Arm arm, Progress progress) {
      arm.becomeCandidate(1);
      ending.requireFirstRound();
      try {
        sampler.ask(first(arm, ending.rowsLeft(settings.rowsPerRound()) - 1));
      } catch (PredictorException failure) {
        throw ending.beforeAnything(failure);
      }
      for (int rounds = 1; ; rounds++) {
        Optional<Stopped> stopped =
            isDecided(arm) ? Optional.of(Stopped.CONVERGED) : ending.stopped(rounds);
        if (stopped.isPresent()) {
          return offered(arm, stopped.get(), rounds, progress);
        }
        offered(arm, Stopped.ROUND_TRIPS, rounds, progress);
        int rows =
            Math.min(ending.rowsLeft(settings.rowsPerRound()), ROWS_MAX - arm.fresh().rows());
        try {
          sampler.ask(List.of(new Wanted(arm, true, rows)));
        } catch (PredictorException failure) {
          return offered(arm, ending.after(failure), rounds, progress);
        }
      }
    }

    private List<Wanted> first(Arm arm, int rows) {
      List<Wanted> wanted = new ArrayList<>();
      List<AnchorRule> prefixes = Prefixes.of(sampler.space(), arm.rule());
      int share = Math.min(PREFIX_ROWS, rows / (2 + prefixes.size()));
      int left = rows;
      if (arm.rule().size() > 0) {
        wanted.add(new Wanted(arms.empty(), false, share));
        left -= share;
      }
      for (AnchorRule prefix : prefixes) {
        if (!prefix.equals(arm.rule())) {
          wanted.add(new Wanted(arms.arm(prefix), false, share));
          left -= share;
        }
      }
      wanted.add(new Wanted(arm, true, left));
      return wanted;
    }

    private boolean isDecided(Arm arm) {
      Tally fresh = arm.fresh();
      double alpha = settings.delta() / 2;
      return fresh.rows() >= ROWS_MAX
          || isAbove(arm)
          || EProcess.upperBound(fresh.ok(), fresh.bad(), alpha) <= settings.threshold();
    }

    private boolean isAbove(Arm arm) {
      Tally fresh = arm.fresh();
      return EProcess.rejects(fresh.ok(), fresh.bad(), settings.threshold(), settings.delta() / 2);
    }

    private Anchor offered(Arm arm, Stopped stopped, int rounds, Progress progress) {
      Anchor anchor = builder.build(arm, isAbove(arm), stopped, rounds);
      progress.offer(anchor, rounds, anchor.cost());
      return anchor;
    }
  }
}
