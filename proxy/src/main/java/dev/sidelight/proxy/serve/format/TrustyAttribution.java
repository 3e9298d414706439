package dev.sidelight.proxy.serve.format;

import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.OutputAttribution;
import java.io.IOException;
import java.time.Instant;

/**
 * The shape that TrustyAI's explainer endpoints answered: saliencies by output, the mean answer
 * last as {@code Background}. A {@code confidence} is half the width of the interval.
 */
final class TrustyAttribution {

  private final JsonOut json;
  private final Told told;
  private final Attribution attribution;

  TrustyAttribution(JsonOut json, Told told, Attribution attribution) {
    this.json = json;
    this.told = told;
    this.attribution = attribution;
  }

  void write() throws IOException {
    json.begin();
    json.text("timestamp", Instant.ofEpochMilli(told.result().madeMillis()).toString());
    json.text("type", "explanation");
    json.begin("saliencies");
    json.begin("SHAP");
    for (OutputAttribution output : attribution.outputs()) {
      json.list("outputs-" + output.target().index());
      for (int p = 0; p < output.values().length; p++) {
        Interval interval = output.intervals()[p];
        entry(
            attribution.players().get(p).name(),
            output.values()[p],
            (interval.high() - interval.low()) / 2);
      }
      entry("Background", output.baseline(), 0);
      json.endList();
    }
    json.end();
    json.end();
    json.end();
  }

  private void entry(String name, double score, double confidence) throws IOException {
    json.begin();
    json.text("name", name);
    json.number("score", score);
    json.number("confidence", confidence);
    json.end();
  }
}
