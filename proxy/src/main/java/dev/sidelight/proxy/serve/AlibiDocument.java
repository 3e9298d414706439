package dev.sidelight.proxy.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The shape that clients of Alibi's KernelSHAP read, schema generation 0.9.6, with our own member
 * {@code sidelight} beside it.
 */
final class AlibiDocument {

  private static final String GENERATION = "0.9.6";

  private final JsonGenerator json;
  private final ExplainResult result;
  private final Explained explained;
  private final Attribution attribution;
  private final ReferenceSet reference;
  private final List<OutputAttribution> outputs;

  AlibiDocument(JsonGenerator json, ExplainResult result, Explained explained) {
    this.json = json;
    this.result = result;
    this.explained = explained;
    this.attribution = explained.attribution();
    this.reference = result.reference();
    this.outputs = attribution.outputs();
  }

  void write() throws IOException {
    json.writeStartObject();
    meta();
    data();
    sidelight();
    json.writeEndObject();
  }

  private boolean isRegression() {
    return outputs.size() == 1 && outputs.get(0).target().label().isEmpty();
  }

  private void meta() throws IOException {
    json.writeObjectFieldStart("meta");
    json.writeStringField("name", "KernelShap");
    strings("type", List.of("blackbox"));
    json.writeStringField("task", isRegression() ? "regression" : "classification");
    strings("explanations", List.of("local", "global"));
    json.writeObjectFieldStart("params");
    json.writeStringField("link", attribution.link().name().toLowerCase(Locale.ROOT));
    json.writeNullField("group_names");
    json.writeBooleanField("grouped", !reference.schema().groups().isEmpty());
    json.writeNullField("groups");
    json.writeNullField("weights");
    json.writeBooleanField("summarise_background", false);
    json.writeBooleanField("summarise_result", false);
    json.writeBooleanField("transpose", false);
    json.writeObjectFieldStart("kwargs");
    json.writeEndObject();
    json.writeEndObject();
    json.writeStringField("version", GENERATION);
    json.writeEndObject();
  }

  private void data() throws IOException {
    json.writeObjectFieldStart("data");
    json.writeArrayFieldStart("shap_values");
    for (OutputAttribution output : outputs) {
      json.writeStartArray();
      doubles(output.values());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("expected_value");
    for (OutputAttribution output : outputs) {
      json.writeNumber(output.baseline());
    }
    json.writeEndArray();
    categoricalNames();
    strings("feature_names", attribution.players().stream().map(FeatureGroup::name).toList());
    raw();
    json.writeEndObject();
  }

  private void categoricalNames() throws IOException {
    json.writeObjectFieldStart("categorical_names");
    List<Feature> features = reference.schema().features();
    for (int c = 0; c < features.size(); c++) {
      if (!features.get(c).labels().isEmpty()) {
        strings(Integer.toString(c), features.get(c).labels());
      }
    }
    json.writeEndObject();
  }

  private void raw() throws IOException {
    json.writeObjectFieldStart("raw");
    double[] predictions = outputs.stream().mapToDouble(OutputAttribution::prediction).toArray();
    json.writeFieldName("raw_prediction");
    if (isRegression()) {
      doubles(predictions);
    } else {
      json.writeStartArray();
      doubles(predictions);
      json.writeEndArray();
    }
    json.writeArrayFieldStart("prediction");
    if (!isRegression()) {
      json.writeNumber(largest(predictions));
    }
    json.writeEndArray();
    FeatureValues values = new FeatureValues(reference.schema(), explained.x());
    json.writeArrayFieldStart("instances");
    json.writeStartArray();
    for (int c = 0; c < reference.schema().width(); c++) {
      number(values.encoded(0, c));
    }
    json.writeEndArray();
    json.writeEndArray();
    importances();
    json.writeEndObject();
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
    json.writeObjectFieldStart("importances");
    for (int k = 0; k < outputs.size(); k++) {
      double[] effects = new double[players];
      for (int p = 0; p < players; p++) {
        effects[p] = Math.abs(outputs.get(k).values()[p]);
        sum[p] += effects[p];
      }
      ranked(Integer.toString(k), effects);
    }
    ranked("aggregated", sum);
    json.writeEndObject();
  }

  private void ranked(String name, double[] effects) throws IOException {
    int[] order =
        IntStream.range(0, effects.length)
            .boxed()
            .sorted((a, b) -> Double.compare(effects[b], effects[a]))
            .mapToInt(i -> i)
            .toArray();
    json.writeObjectFieldStart(name);
    json.writeFieldName("ranked_effect");
    doubles(IntStream.of(order).mapToDouble(p -> effects[p]).toArray());
    strings(
        "names", IntStream.of(order).mapToObj(p -> attribution.players().get(p).name()).toList());
    json.writeEndObject();
  }

  private void sidelight() throws IOException {
    json.writeObjectFieldStart("sidelight");
    json.writeStringField("id", explained.id().toString());
    json.writeStringField("sentence", Sentence.of(attribution, reference, explained.x()));
    json.writeStringField("method", attribution.method());
    json.writeNumberField("seed", attribution.seed());
    json.writeBooleanField("exact", attribution.exact());
    json.writeStringField("stopped", attribution.stopped().word());
    json.writeNumberField("target", attribution.targeted().target().index());
    json.writeArrayFieldStart("std_error");
    for (OutputAttribution output : outputs) {
      json.writeStartArray();
      doubles(output.stdErrors());
      json.writeEndArray();
    }
    json.writeEndArray();
    intervals();
    double gap = 0;
    double spread = 0;
    for (OutputAttribution output : outputs) {
      gap = Math.max(gap, additivityGap(output));
      spread = Math.max(spread, Math.abs(output.efficiencyGap()));
    }
    json.writeNumberField("additivity_gap", gap);
    json.writeNumberField("efficiency_gap", spread);
    CostBlock.cost(json, attribution.cost());
    CostBlock.reference(json, reference, attribution);
    strings("ignored", result.options().ignored());
    json.writeObjectFieldStart("links");
    json.writeEndObject();
    json.writeEndObject();
  }

  /** As a client computes it from what it reads. */
  private static double additivityGap(OutputAttribution output) {
    double sum = output.baseline();
    for (double value : output.values()) {
      sum += value;
    }
    return Math.abs(output.prediction() - sum);
  }

  private void intervals() throws IOException {
    json.writeArrayFieldStart("intervals");
    for (OutputAttribution output : outputs) {
      json.writeStartArray();
      json.writeStartArray();
      for (int p = 0; p < output.values().length; p++) {
        doubles(new double[] {output.intervals()[p].low(), output.intervals()[p].high()});
      }
      json.writeEndArray();
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void strings(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void doubles(double[] values) throws IOException {
    json.writeStartArray();
    for (double value : values) {
      number(value);
    }
    json.writeEndArray();
  }

  /** A missing value of the row is null: JSON has no NaN. */
  private void number(double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }
}
