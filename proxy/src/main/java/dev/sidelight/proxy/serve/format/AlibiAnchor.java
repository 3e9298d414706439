package dev.sidelight.proxy.serve.format;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorExamples;
import dev.sidelight.explainers.AnchorPredicate;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.Players;
import dev.sidelight.explainers.RuleSettings;
import dev.sidelight.proxy.serve.FeatureValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shapes that clients of Alibi's anchors read: whole ({@code meta}, {@code data}), or as KServe
 * answered them, with the members of {@code data} at the top. Our own member {@code sidelight}
 * stands beside them.
 */
final class AlibiAnchor {

  /** Examples of wider rows are left out: nobody reads them. */
  private static final int WIDTH_SHOWN = 1024;

  private final JsonOut json;
  private final Told told;
  private final Anchor anchor;
  private final ReferenceSet reference;

  AlibiAnchor(JsonOut json, Told told, Anchor anchor) {
    this.json = json;
    this.told = told;
    this.anchor = anchor;
    this.reference = told.result().reference();
  }

  void write() throws IOException {
    json.begin();
    meta();
    json.begin("data");
    json.texts("anchor", texts());
    json.number("precision", anchor.precision());
    json.number("coverage", anchor.coverage());
    raw();
    json.end();
    sidelight();
    json.end();
  }

  /** KServe's: {@code names}, {@code precision}, {@code coverage}, {@code raw} at the top. */
  void writeFlat() throws IOException {
    json.begin();
    json.texts("names", texts());
    json.number("precision", anchor.precision());
    json.number("coverage", anchor.coverage());
    raw();
    meta();
    sidelight();
    json.end();
  }

  private String name() {
    return switch (told.explained().places().orElse(null)) {
      case null -> "AnchorTabular";
      case Players.Spans _ -> "AnchorText";
      case Players.Segments _ -> "AnchorImage";
    };
  }

  private List<String> texts() {
    return anchor.predicates().stream().map(each -> each.condition().text()).toList();
  }

  private void meta() throws IOException {
    json.begin("meta");
    json.text("name", name());
    json.texts("type", List.of("blackbox"));
    json.texts("explanations", List.of("local"));
    AnchorSettings settings =
        switch (told.result().options().settings()) {
          case AnchorSettings own -> own;
          case RuleSettings rule -> rule.anchor();
          default -> AnchorSettings.defaults();
        };
    json.begin("params");
    json.whole("seed", anchor.seed());
    json.numbers(
        "disc_perc",
        IntStream.range(1, settings.bins())
            .mapToDouble(i -> 100.0 * i / settings.bins())
            .toArray());
    json.number("threshold", settings.threshold());
    json.number("delta", settings.delta());
    json.number("tau", 0.2 * (1 - settings.threshold())); // what a candidate must be above it
    json.whole("batch_size", settings.rowsPerRound());
    json.whole("coverage_samples", anchor.referenceRows());
    json.whole("beam_size", settings.beam());
    json.truth("stop_on_first", false);
    json.whole("max_anchor_size", settings.predicatesMax());
    json.whole("min_samples_start", 0);
    json.whole("n_covered_ex", AnchorExamples.PER_LIST_MAX);
    json.whole("binary_cache_size", 0);
    json.whole("cache_margin", 0);
    json.truth("verbose", false);
    json.whole("verbose_every", 1);
    json.begin("kwargs");
    json.end();
    json.end();
    json.text("version", AlibiAttribution.GENERATION);
    json.end();
  }

  private void raw() throws IOException {
    json.begin("raw");
    json.list("feature");
    for (AnchorPredicate each : anchor.predicates()) {
      json.value(column(each.condition()));
    }
    json.endList();
    double[] precisions =
        anchor.predicates().stream().mapToDouble(AnchorPredicate::precision).toArray();
    json.numbers("mean", precisions);
    json.numbers("precision", precisions);
    json.numbers(
        "coverage", anchor.predicates().stream().mapToDouble(AnchorPredicate::coverage).toArray());
    json.list("examples");
    for (AnchorPredicate each : anchor.predicates()) {
      examples(each.examples());
    }
    json.endList();
    json.number("all_precision", anchor.allPrecision());
    json.whole("num_preds", anchor.cost().rowsSent());
    json.truth("success", anchor.success());
    json.texts("names", texts());
    json.list("prediction");
    if (anchor.target().label().isEmpty()) {
      json.number(anchor.prediction());
    } else {
      json.value(anchor.target().index());
    }
    json.endList();
    double[] instance = AlibiAttribution.encoded(reference, told);
    if (told.explained().places().orElse(null) instanceof Players.Spans) {
      json.value("instance", text(told.explained().x()));
      json.texts("instances", List.of(text(told.explained().x())));
    } else {
      json.numbers("instance", instance);
      json.list("instances");
      json.numbers(instance);
      json.endList();
    }
    json.end();
  }

  /** The condition's column; of a group its first. */
  private int column(Condition condition) {
    if (condition instanceof Condition.Kept kept) {
      return kept.player();
    }
    for (var group : reference.schema().groups()) {
      if (group.name().equals(condition.feature())) {
        return group.members().get(0);
      }
    }
    for (int c = 0; c < reference.schema().width(); c++) {
      if (reference.schema().features().get(c).name().equals(condition.feature())) {
        return c;
      }
    }
    return -1;
  }

  private void examples(AnchorExamples examples) throws IOException {
    json.begin();
    rows("covered_true", examples.coveredSame());
    rows("covered_false", examples.coveredOther());
    rows("uncovered_true", examples.uncoveredSame());
    rows("uncovered_false", examples.uncoveredOther());
    json.end();
  }

  private void rows(String name, List<Instances> rows) throws IOException {
    json.list(name);
    for (Instances row : rows) {
      if (told.explained().places().orElse(null) instanceof Players.Spans) {
        json.value(text(row));
      } else if (row.width() <= WIDTH_SHOWN) {
        FeatureValues values = new FeatureValues(reference.schema(), row);
        List<Double> numbers = new ArrayList<>();
        for (int c = 0; c < row.width(); c++) {
          numbers.add(values.encoded(0, c));
        }
        json.numbers(numbers.stream().mapToDouble(Double::doubleValue).toArray());
      }
    }
    json.endList();
  }

  /** Of a row that is a text. */
  private static String text(Instances row) {
    return row.tensors().stream()
        .filter(named -> named.tensor() instanceof BytesTensor)
        .findFirst()
        .map(named -> named.tensor().text(0, 0))
        .orElse("");
  }

  private void sidelight() throws IOException {
    json.begin("sidelight");
    NativeAnchor own = new NativeAnchor(json, told, anchor);
    own.head();
    own.certificate();
    own.tail();
    json.end();
  }
}
