package dev.sidelight.proxy.serve.format;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Interaction;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.FeatureValues;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Our own shape of an attribution: features by size, with their intervals. */
final class NativeAttribution {

  /** Rungs of the ladder that a mode is asked by; what else there is comes of coalitions. */
  private static final Set<String> OWN_MODES = Set.of("exact", "row");

  private final JsonOut json;
  private final Told told;
  private final Attribution attribution;
  private final ReferenceSet reference;
  private final FeatureValues values;

  NativeAttribution(JsonOut json, Told told, Attribution attribution) {
    this.json = json;
    this.told = told;
    this.attribution = attribution;
    this.reference = told.result().reference();
    this.values = new FeatureValues(reference.schema(), told.explained().x());
  }

  void write() throws IOException {
    OutputAttribution output = attribution.targeted();
    json.begin();
    json.text("kind", "attribution");
    json.text("id", ExplanationId.text(told.explained().id()));
    json.text("sentence", CommonBlocks.sentence(told, attribution));
    json.text("method", attribution.method());
    json.truth("exact", attribution.exact());
    json.text("stopped", attribution.stopped().word());
    CommonBlocks.model(json, told, attribution.deterministic());
    json.begin("target");
    json.text("output", output.target().output());
    json.whole("index", output.target().index());
    json.text("label", output.target().label());
    json.end();
    json.text("link", attribution.link().name().toLowerCase(Locale.ROOT));
    json.number("baseline", output.baseline());
    json.number("prediction", output.prediction());
    json.number("efficiencyGap", output.efficiencyGap());
    features(output);
    interactions(output);
    PlacesJson.write(json, told);
    CommonBlocks.reference(
        json, reference, attribution.backgroundRows(), attribution.backgroundRowsDropped());
    json.whole("clipped", attribution.clipped());
    json.whole("seed", attribution.seed());
    json.texts("ignored", told.result().options().ignored());
    CommonBlocks.cost(json, attribution.cost());
    reproduce();
    CommonBlocks.place(json, told);
    CommonBlocks.links(json, told);
    json.end();
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
    json.list("features");
    for (int p : order) {
      feature(output, p);
    }
    json.endList();
  }

  private void feature(OutputAttribution output, int p) throws IOException {
    FeatureGroup player = attribution.players().get(p);
    json.begin();
    json.text("name", player.name());
    value(player);
    json.number("attribution", output.values()[p]);
    json.number("stdError", output.stdErrors()[p]);
    json.numbers("interval", output.intervals()[p].low(), output.intervals()[p].high());
    if (output.backgroundStdError().length > 0) {
      json.number("backgroundStdError", output.backgroundStdError()[p]);
    }
    if (output.mainEffects().length > 0) {
      json.number("mainEffect", output.mainEffects()[p]);
    }
    if (told.explained().places().isPresent()) {
      json.whole("player", p); // its entry in players
    }
    json.texts(
        "members",
        player.members().stream().map(m -> reference.schema().features().get(m).name()).toList());
    json.end();
  }

  /** One column's value as it was sent; of a group, all of them. */
  private void value(FeatureGroup player) throws IOException {
    if (told.explained().places().isPresent()) {
      json.text("value", player.name()); // the part itself; the whole stands in the request
      return;
    }
    if (player.members().size() == 1) {
      json.value("value", values.value(0, player.members().get(0)));
      return;
    }
    json.list("value");
    for (int member : player.members()) {
      json.value(values.value(0, member));
    }
    json.endList();
  }

  private void interactions(OutputAttribution output) throws IOException {
    json.list("interactions");
    for (Interaction each : output.interactions()) {
      json.begin();
      json.texts("features", java.util.List.of(each.first(), each.second()));
      json.number("value", each.value());
      json.number("stdError", each.stdError());
      json.end();
    }
    json.endList();
  }

  /** What to ask again for the same numbers; a cut result is repeated by its row budget. */
  private void reproduce() throws IOException {
    String method = attribution.method();
    json.begin("reproduce");
    json.text("method", "shap");
    json.text("mode", OWN_MODES.contains(method) ? method : "coalition");
    json.whole("seed", attribution.seed());
    json.begin("budget");
    json.whole("rowsMax", Math.max(1, attribution.cost().rowsAsked()));
    json.end();
    json.end();
  }
}
