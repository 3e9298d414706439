package dev.sidelight.proxy.serve.format;

import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.proxy.serve.FeatureValues;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The shape that clients of Alibi's KernelSHAP read, with our own member {@code sidelight} beside
 * it.
 */
final class AlibiAttribution {

  /** The generation of the shape. */
  static final String GENERATION = "0.9.6";

  private final JsonOut json;
  private final Told told;
  private final Attribution attribution;
  private final ReferenceSet reference;
  private final List<OutputAttribution> outputs;

  AlibiAttribution(JsonOut json, Told told, Attribution attribution) {
    this.json = json;
    this.told = told;
    this.attribution = attribution;
    this.reference = told.result().reference();
    this.outputs = attribution.outputs();
  }

  void write() throws IOException {
    json.begin();
    meta();
    data();
    new SidelightAttribution(json, told, attribution).write();
    json.end();
  }

  private boolean isRegression() {
    return outputs.size() == 1 && outputs.get(0).target().label().isEmpty();
  }

  private void meta() throws IOException {
    json.begin("meta");
    json.text("name", "KernelShap");
    json.texts("type", List.of("blackbox"));
    json.text("task", isRegression() ? "regression" : "classification");
    json.texts("explanations", List.of("local", "global"));
    json.begin("params");
    json.text("link", attribution.link().name().toLowerCase(Locale.ROOT));
    json.nothing("group_names");
    json.truth("grouped", !reference.schema().groups().isEmpty());
    json.nothing("groups");
    json.nothing("weights");
    json.truth("summarise_background", false);
    json.truth("summarise_result", false);
    json.truth("transpose", false);
    json.begin("kwargs");
    json.end();
    json.end();
    json.text("version", GENERATION);
    json.end();
  }

  private void data() throws IOException {
    json.begin("data");
    json.list("shap_values");
    for (OutputAttribution output : outputs) {
      json.list();
      json.numbers(output.values());
      json.endList();
    }
    json.endList();
    json.numbers(
        "expected_value", outputs.stream().mapToDouble(OutputAttribution::baseline).toArray());
    categoricalNames();
    json.texts("feature_names", attribution.players().stream().map(FeatureGroup::name).toList());
    raw();
    json.end();
  }

  private void categoricalNames() throws IOException {
    json.begin("categorical_names");
    List<Feature> features = reference.schema().features();
    for (int c = 0; c < features.size(); c++) {
      if (!features.get(c).labels().isEmpty()) {
        json.texts(Integer.toString(c), features.get(c).labels());
      }
    }
    json.end();
  }

  private void raw() throws IOException {
    json.begin("raw");
    double[] predictions = outputs.stream().mapToDouble(OutputAttribution::prediction).toArray();
    if (isRegression()) {
      json.numbers("raw_prediction", predictions);
    } else {
      json.list("raw_prediction");
      json.numbers(predictions);
      json.endList();
    }
    json.list("prediction");
    if (!isRegression()) {
      json.value(largest(predictions));
    }
    json.endList();
    json.list("instances");
    json.numbers(encoded(reference, told));
    json.endList();
    importances();
    json.end();
  }

  /** The explained row as numbers: a label is its index in the schema. */
  static double[] encoded(ReferenceSet reference, Told told) {
    if (told.explained().places().isPresent()) {
      double[] there = new double[told.explained().places().get().count()];
      java.util.Arrays.fill(there, 1); // every part is there
      return there;
    }
    FeatureValues values = new FeatureValues(reference.schema(), told.explained().x());
    return IntStream.range(0, reference.schema().width())
        .mapToDouble(c -> values.encoded(0, c))
        .toArray();
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private void importances() throws IOException {
    int players = attribution.players().size();
    double[] sum = new double[players];
    json.begin("importances");
    for (int k = 0; k < outputs.size(); k++) {
      double[] effects = new double[players];
      for (int p = 0; p < players; p++) {
        effects[p] = Math.abs(outputs.get(k).values()[p]);
        sum[p] += effects[p];
      }
      ranked(Integer.toString(k), effects);
    }
    ranked("aggregated", sum);
    json.end();
  }

  private void ranked(String name, double[] effects) throws IOException {
    int[] order =
        IntStream.range(0, effects.length)
            .boxed()
            .sorted((a, b) -> Double.compare(effects[b], effects[a]))
            .mapToInt(i -> i)
            .toArray();
    json.begin(name);
    json.numbers("ranked_effect", IntStream.of(order).mapToDouble(p -> effects[p]).toArray());
    json.texts(
        "names", IntStream.of(order).mapToObj(p -> attribution.players().get(p).name()).toList());
    json.end();
  }
}
