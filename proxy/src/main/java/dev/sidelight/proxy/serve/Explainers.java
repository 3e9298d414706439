package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Explanation;
import dev.sidelight.explainers.MethodSettings;
import dev.sidelight.explainers.Occlusion;
import dev.sidelight.explainers.OcclusionMasker;
import dev.sidelight.explainers.OcclusionSpace;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.RuleSettings;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.anchor.AnchorExplainer;
import dev.sidelight.explainers.anchor.RuleExplainer;
import dev.sidelight.explainers.counterfactual.CounterfactualExplainer;
import dev.sidelight.explainers.shap.ShapleyExplainer;
import java.util.Optional;

/** Every method's explainer. Stateless. */
final class Explainers {

  private final ShapleyExplainer shapley = new ShapleyExplainer(ArithmeticPool.ofProcess());
  private final AnchorExplainer anchors = new AnchorExplainer();
  private final RuleExplainer rules = new RuleExplainer();

  Explanation explain(ExplainPlan plan, int at, PredictorSession session, Progress progress) {
    Instances x = plan.rows().get(at);
    Optional<Occlusion> occlusion = plan.occlusion(at);
    ReferenceSet reference = plan.fit().reference();
    ExplainOptions options = plan.options();
    long seed =
        options
            .seed()
            .orElseGet(
                () -> DefaultSeed.of(x, plan.call().version(), reference.id(), options.settings()));
    return switch (options.settings()) {
      case ShapSettings settings -> {
        var request = new ExplainRequest<>(x, reference, settings, options.budget(), seed);
        yield occlusion.isEmpty()
            ? shapley.explain(request, session, progress)
            : shapley.explain(request, new OcclusionMasker(occlusion.get()), session, progress);
      }
      case AnchorSettings settings -> {
        var request = new ExplainRequest<>(x, reference, settings, options.budget(), seed);
        yield occlusion.isEmpty()
            ? anchors.explain(request, session, progress)
            : anchors.explain(request, new OcclusionSpace(occlusion.get()), session, progress);
      }
      case RuleSettings settings ->
          rules.explain(
              new ExplainRequest<>(x, reference, settings, options.budget(), seed),
              session,
              progress);
      case CounterfactualSettings settings ->
          new CounterfactualExplainer(plan.logged())
              .explain(
                  new ExplainRequest<>(x, reference, settings, options.budget(), seed),
                  session,
                  progress);
    };
  }

  /** Whether repeats of a row are draws of their own. */
  boolean drawsIndependently(MethodSettings settings) {
    return switch (settings) {
      case ShapSettings _, CounterfactualSettings _ -> false;
      case AnchorSettings _, RuleSettings _ -> true;
    };
  }

  Cost cost(Explanation explanation) {
    return switch (explanation) {
      case Attribution attribution -> attribution.cost();
      case Anchor anchor -> anchor.cost();
      case Counterfactual counterfactual -> counterfactual.cost();
    };
  }

  /** Under what an explanation is counted. */
  ExplainMeters.Key key(ExplainPlan plan, Explanation explanation) {
    return switch (explanation) {
      case Attribution attribution ->
          new ExplainMeters.Key(
              plan.model().name(), attribution.method(), attribution.stopped().word());
      case Anchor anchor ->
          new ExplainMeters.Key(plan.model().name(), anchor.method(), anchor.stopped().word());
      case Counterfactual counterfactual ->
          new ExplainMeters.Key(
              plan.model().name(), "counterfactual", counterfactual.stopped().word());
    };
  }
}
