package dev.sidelight.proxy.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;

/** Our own shape of an attribution: features by size, with their intervals. */
final class NativeDocument {

  private final JsonGenerator json;
  private final ExplainResult result;
  private final Explained explained;
  private final Attribution attribution;
  private final ReferenceSet reference;
  private final FeatureValues values;

  NativeDocument(JsonGenerator json, ExplainResult result, Explained explained) {
    this.json = json;
    this.result = result;
    this.explained = explained;
    this.attribution = explained.attribution();
    this.reference = result.reference();
    this.values = new FeatureValues(reference.schema(), explained.x());
  }

  void write() throws IOException {
    OutputAttribution output = attribution.targeted();
    json.writeStartObject();
    json.writeStringField("kind", "attribution");
    json.writeStringField("id", explained.id().toString());
    json.writeStringField("sentence", Sentence.of(attribution, reference, explained.x()));
    json.writeStringField("method", attribution.method());
    json.writeBooleanField("exact", attribution.exact());
    json.writeStringField("stopped", attribution.stopped().word());
    json.writeObjectFieldStart("model");
    json.writeStringField("name", result.model().name());
    json.writeStringField("revision", result.version());
    json.writeBooleanField("deterministic", attribution.deterministic());
    json.writeEndObject();
    json.writeObjectFieldStart("target");
    json.writeStringField("output", output.target().output());
    json.writeNumberField("index", output.target().index());
    json.writeStringField("label", output.target().label());
    json.writeEndObject();
    json.writeStringField("link", attribution.link().name().toLowerCase(Locale.ROOT));
    number("baseline", output.baseline());
    number("prediction", output.prediction());
    number("efficiencyGap", output.efficiencyGap());
    features(output);
    json.writeArrayFieldStart("interactions");
    json.writeEndArray();
    CostBlock.reference(json, reference, attribution);
    json.writeNumberField("clipped", attribution.clipped());
    json.writeNumberField("seed", attribution.seed());
    ignored();
    CostBlock.cost(json, attribution.cost());
    reproduce();
    json.writeEndObject();
  }

  private void features(OutputAttribution output) throws IOException {
    int[] order =
        IntStream.range(0, output.values().length)
            .boxed()
            .sorted(
                (a, b) ->
                    Double.compare(Math.abs(output.values()[b]), Math.abs(output.values()[a])))
            .mapToInt(i -> i)
            .toArray();
    json.writeArrayFieldStart("features");
    for (int p : order) {
      FeatureGroup player = attribution.players().get(p);
      json.writeStartObject();
      json.writeStringField("name", player.name());
      value(player);
      number("attribution", output.values()[p]);
      number("stdError", output.stdErrors()[p]);
      json.writeArrayFieldStart("interval");
      scalar(output.intervals()[p].low());
      scalar(output.intervals()[p].high());
      json.writeEndArray();
      if (output.backgroundStdError().length > 0) {
        number("backgroundStdError", output.backgroundStdError()[p]);
      }
      json.writeArrayFieldStart("members");
      for (int member : player.members()) {
        json.writeString(reference.schema().features().get(member).name());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** One column's value as it was sent; of a group, all of them. */
  private void value(FeatureGroup player) throws IOException {
    json.writeFieldName("value");
    if (player.members().size() > 1) {
      json.writeStartArray();
    }
    for (int member : player.members()) {
      scalar(values.value(0, member));
    }
    if (player.members().size() > 1) {
      json.writeEndArray();
    }
  }

  private void number(String name, double value) throws IOException {
    json.writeFieldName(name);
    scalar(value);
  }

  /** Numbers that JSON does not know are null. */
  private void scalar(Object value) throws IOException {
    switch (value) {
      case Long whole -> json.writeNumber(whole);
      case java.math.BigInteger whole -> json.writeNumber(whole);
      case Boolean truth -> json.writeBoolean(truth);
      case Double number when Double.isFinite(number) -> json.writeNumber(number);
      case Double _ -> json.writeNull();
      default -> json.writeString(value.toString());
    }
  }

  private void ignored() throws IOException {
    json.writeArrayFieldStart("ignored");
    for (String name : result.options().ignored()) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  /** What to ask again for the same numbers; a cut result is repeated by its row budget. */
  private void reproduce() throws IOException {
    json.writeObjectFieldStart("reproduce");
    json.writeStringField("method", "shap");
    json.writeStringField("mode", attribution.method().equals("exact") ? "exact" : "coalition");
    json.writeNumberField("seed", attribution.seed());
    json.writeObjectFieldStart("budget");
    json.writeNumberField("rowsMax", Math.max(1, attribution.cost().rowsAsked()));
    json.writeEndObject();
    json.writeEndObject();
  }
}
