package dev.sidelight.proxy.serve.format;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorPredicate;
import dev.sidelight.explainers.Interval;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.FeatureValues;
import java.io.IOException;
import java.util.List;

/** Our own shape of an anchor, certified or not; also of a rule's audit. */
final class NativeAnchor {

  /** Examples of wider rows are left out: nobody reads them. */
  private static final int WIDTH_SHOWN = 1024;

  private final JsonOut json;
  private final Told told;
  private final Anchor anchor;

  NativeAnchor(JsonOut json, Told told, Anchor anchor) {
    this.json = json;
    this.told = told;
    this.anchor = anchor;
  }

  void write() throws IOException {
    json.begin();
    json.text("kind", "anchor");
    head();
    CommonBlocks.model(json, told, anchor.deterministic());
    json.begin("target");
    json.text("output", anchor.target().output());
    json.whole("index", anchor.target().index());
    json.text("label", anchor.target().label());
    json.end();
    json.number("prediction", anchor.prediction());
    certificate();
    examples();
    tail();
    reproduce();
    json.end();
  }

  void head() throws IOException {
    json.text("id", ExplanationId.text(told.explained().id()));
    json.text("sentence", AnchorSentence.of(anchor));
    json.text("method", anchor.method());
    json.truth("success", anchor.success());
    if (anchor.failure().isPresent()) {
      json.text("reason", anchor.failure().get().reason().word());
      json.text("hint", anchor.failure().get().hint());
    }
    json.text("stopped", anchor.stopped().word());
    predicates();
  }

  void tail() throws IOException {
    PlacesJson.write(json, told);
    CommonBlocks.reference(json, told.result().reference(), anchor.referenceRows(), 0);
    json.whole("seed", anchor.seed());
    json.texts("ignored", told.result().options().ignored());
    CommonBlocks.cost(json, anchor.cost());
    CommonBlocks.place(json, told);
    CommonBlocks.links(json, told);
  }

  private void predicates() throws IOException {
    json.list("predicates");
    for (AnchorPredicate each : anchor.predicates()) {
      json.begin();
      json.text("text", each.condition().text());
      ConditionJson.write(json, each.condition());
      json.number("precisionGain", each.precisionGain());
      json.number("precision", each.precision());
      json.number("coverage", each.coverage());
      json.end();
    }
    json.endList();
  }

  void certificate() throws IOException {
    json.number("precision", anchor.precision());
    json.number("precisionLowerBound", anchor.precisionLowerBound());
    interval("precisionInterval", anchor.precisionInterval());
    json.whole("precisionRows", anchor.precisionRows());
    json.number("threshold", anchor.threshold());
    json.number("delta", anchor.delta());
    json.number("alpha", anchor.alpha());
    json.text("guarantee", anchor.guarantee());
    json.number("coverage", anchor.coverage());
    interval("coverageInterval", anchor.coverageInterval());
    json.text("coverageOf", anchor.coverageOf());
    json.number("allPrecision", anchor.allPrecision());
    json.number("tolerance", anchor.tolerance());
  }

  private void interval(String name, Interval interval) throws IOException {
    json.numbers(name, interval.low(), interval.high());
  }

  private void examples() throws IOException {
    json.begin("examples");
    rows("same", anchor.examples().coveredSame());
    rows("other", anchor.examples().coveredOther());
    json.end();
  }

  private void rows(String name, List<Instances> rows) throws IOException {
    ReferenceSet reference = told.result().reference();
    json.list(name);
    for (Instances row : rows) {
      if (row.width() > WIDTH_SHOWN) {
        continue; // an image or the like
      }
      FeatureValues values = new FeatureValues(reference.schema(), row);
      json.list();
      for (int c = 0; c < row.width(); c++) {
        json.value(values.value(0, c));
      }
      json.endList();
    }
    json.endList();
  }

  private void reproduce() throws IOException {
    json.begin("reproduce");
    json.text("method", told.result().options().method().word());
    json.whole("seed", anchor.seed());
    json.begin("budget");
    json.whole("roundTripsMax", Math.max(1, anchor.rounds()));
    json.end();
    json.end();
  }
}
