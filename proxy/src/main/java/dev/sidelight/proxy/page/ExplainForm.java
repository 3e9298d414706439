package dev.sidelight.proxy.page;

import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ReferenceInfo;
import dev.sidelight.proxy.serve.References;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The button that asks for an explanation, with its price beside it. */
final class ExplainForm {

  private static final List<Integer> BUDGETS = List.of(2_000, 5_000, 20_000, 100_000);
  private static final int USUAL = 20_000;

  private final ModelRegistry registry;
  private final References references;
  private final ExplainService explain;

  ExplainForm(ModelRegistry registry, References references, ExplainService explain) {
    this.registry = registry;
    this.references = references;
    this.explain = explain;
  }

  /**
   * @param features of the row
   * @param caption {@code Explain} or {@code Explain again}
   */
  void write(UUID id, String model, int row, int features, String caption, Markup to) {
    Optional<ReferenceInfo> reference = reference(model);
    to.open("sl-explain", "data-request", id.toString(), "data-row", Integer.toString(row))
        .open("form", "class", "explain", "method", "post", "action", Links.explanation(id, row));
    to.element("button", caption, "type", "submit", "class", "primary", "aria-keyshortcuts", "e");
    to.open("label").text("by ").open("select", "name", "method");
    to.element("option", "Shapley values", "value", "shap", "selected", "");
    to.element("option", "anchor: a rule", "value", "anchor");
    to.element("option", "counterfactual: what else", "value", "counterfactual").close().close();
    to.open("label").text("up to ").open("select", "name", "rowsMax");
    Optional<GatewayMeters> meters = Optional.ofNullable(explain.gatewayMeters().get(model));
    for (int budget : BUDGETS) {
      String value = Integer.toString(budget);
      if (budget == USUAL) {
        to.element("option", Figures.count(budget), "value", value, "selected", "");
      } else {
        to.element("option", Figures.count(budget), "value", value);
      }
    }
    to.close().text(" model rows").close();
    to.open("label");
    to.empty("input", "type", "checkbox", "name", "interactions", "value", "true");
    to.text(" pairs too").close();
    int background = reference.map(ReferenceInfo::rows).orElse(100);
    String price = Price.of(features, background, USUAL, meters).words();
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
