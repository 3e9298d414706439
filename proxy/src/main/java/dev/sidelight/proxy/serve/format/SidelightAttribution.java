package dev.sidelight.proxy.serve.format;

import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Interaction;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.proxy.serve.ExplanationId;
import java.io.IOException;

/**
 * The member {@code sidelight} of an attribution in a peer's shape: what the peer has no word for.
 */
final class SidelightAttribution {

  private final JsonOut json;
  private final Told told;
  private final Attribution attribution;

  SidelightAttribution(JsonOut json, Told told, Attribution attribution) {
    this.json = json;
    this.told = told;
    this.attribution = attribution;
  }

  void write() throws IOException {
    ReferenceSet reference = told.result().reference();
    json.begin("sidelight");
    json.text("id", ExplanationId.text(told.explained().id()));
    json.text("sentence", CommonBlocks.sentence(told, attribution));
    json.text("method", attribution.method());
    json.whole("seed", attribution.seed());
    json.truth("exact", attribution.exact());
    json.text("stopped", attribution.stopped().word());
    json.whole("target", attribution.targeted().target().index());
    json.list("std_error");
    for (OutputAttribution output : attribution.outputs()) {
      json.list();
      json.numbers(output.stdErrors());
      json.endList();
    }
    json.endList();
    intervals();
    gaps();
    interactions();
    PlacesJson.write(json, told);
    CommonBlocks.cost(json, attribution.cost());
    CommonBlocks.reference(
        json, reference, attribution.backgroundRows(), attribution.backgroundRowsDropped());
    json.texts("ignored", told.result().options().ignored());
    CommonBlocks.place(json, told);
    CommonBlocks.links(json, told);
    json.end();
  }

  private void intervals() throws IOException {
    json.list("intervals");
    for (OutputAttribution output : attribution.outputs()) {
      json.list();
      json.list();
      for (int p = 0; p < output.values().length; p++) {
        json.numbers(output.intervals()[p].low(), output.intervals()[p].high());
      }
      json.endList();
      json.endList();
    }
    json.endList();
  }

  private void gaps() throws IOException {
    double gap = 0;
    double spread = 0;
    for (OutputAttribution output : attribution.outputs()) {
      gap = Math.max(gap, additivityGap(output));
      spread = Math.max(spread, Math.abs(output.efficiencyGap()));
    }
    json.number("additivity_gap", gap);
    json.number("efficiency_gap", spread);
  }

  /** As a client computes it from what it reads. */
  private static double additivityGap(OutputAttribution output) {
    double sum = output.baseline();
    for (double value : output.values()) {
      sum += value;
    }
    return Math.abs(output.prediction() - sum);
  }

  /** Of the target only, where they were asked for. */
  private void interactions() throws IOException {
    if (attribution.targeted().interactions().isEmpty()) {
      return;
    }
    json.list("interactions");
    for (Interaction each : attribution.targeted().interactions()) {
      json.begin();
      json.texts("features", java.util.List.of(each.first(), each.second()));
      json.number("value", each.value());
      json.number("std_error", each.stdError());
      json.end();
    }
    json.endList();
  }
}
