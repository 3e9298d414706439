package dev.sidelight.proxy.page;

import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ReferenceInfo;
import dev.sidelight.proxy.serve.References;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The button that asks for an explanation, with its price beside it. */
final class ExplainForm {

  private static final List<Integer> BUDGETS = List.of(2_000, 5_000, 20_000, 100_000);
  private static final int USUAL = 20_000;

  /** By the word a call has for it. */
  private static final Map<String, String> METHODS = methods();

  private final ModelRegistry registry;
  private final References references;
  private final ExplainService explain;

  ExplainForm(ModelRegistry registry, References references, ExplainService explain) {
    this.registry = registry;
    this.references = references;
    this.explain = explain;
  }

  private static Map<String, String> methods() {
    Map<String, String> methods = new LinkedHashMap<>();
    methods.put("shap", "Shapley values");
    methods.put("anchor", "anchor: a rule");
    methods.put("counterfactual", "counterfactual: what else");
    return methods;
  }

  /**
   * What is to be explained.
   *
   * @param features of the row
   */
  record Subject(UUID request, String model, int row, int features) {}

  /**
   * @param method chosen beforehand, {@code shap} or another
   * @param caption {@code Explain} or {@code Explain again}
   */
  void write(Subject of, String method, String caption, Markup to) {
    Optional<ReferenceInfo> reference = reference(of.model());
    String row = Integer.toString(of.row());
    String action = Links.explanation(of.request(), of.row());
    to.open("sl-explain", "data-request", of.request().toString(), "data-row", row)
        .open("form", "class", "explain", "method", "post", "action", action);
    to.element("button", caption, "type", "submit", "class", "primary", "aria-keyshortcuts", "e");
    to.open("label").text("by ");
    Choice.write("method", METHODS, method, to);
    to.close().open("label").text("up to ");
    Optional<GatewayMeters> meters = Optional.ofNullable(explain.gatewayMeters().get(of.model()));
    Map<String, String> budgets = new LinkedHashMap<>();
    BUDGETS.forEach(budget -> budgets.put(Integer.toString(budget), Figures.count(budget)));
    Choice.write("rowsMax", budgets, Integer.toString(USUAL), to);
    to.text(" model rows").close();
    to.open("label");
    to.empty("input", "type", "checkbox", "name", "interactions", "value", "true");
    to.text(" also what pairs of features do together").close();
    int background = reference.map(ReferenceInfo::rows).orElse(100);
    String price = Price.of(of.features(), background, USUAL, meters).words();
    to.element("p", "Costs " + price + ". Live traffic goes first.", "class", "muted price");
    reference
        .filter(info -> info.seen() < info.needed())
        .ifPresent(
            info ->
                to.element(
                    "p",
                    "An explanation compares with %d rows of this model's traffic; %d were seen."
                        .formatted(info.needed(), info.seen()),
                    "class",
                    "notice"));
    to.close().close();
  }

  private Optional<ReferenceInfo> reference(String model) {
    return registry.isKnown(model)
        ? Optional.of(references.info(registry.get(model)))
        : Optional.empty();
  }
}
