package dev.sidelight.proxy.serve.format;

import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.Counterfactual.Answer;
import dev.sidelight.explainers.Counterfactual.Change;
import dev.sidelight.explainers.Counterfactual.Prediction;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.FeatureValues;
import dev.sidelight.proxy.serve.Sentence;
import java.io.IOException;
import java.util.List;

/** Our own shape of counterfactuals; there is no other. */
final class NativeCounterfactual {

  /** Wider rows are left out: nobody reads them. */
  private static final int WIDTH_SHOWN = 1024;

  private final JsonOut json;
  private final Told told;
  private final Counterfactual found;

  NativeCounterfactual(JsonOut json, Told told, Counterfactual found) {
    this.json = json;
    this.told = told;
    this.found = found;
  }

  void write() throws IOException {
    json.begin();
    json.text("kind", "counterfactual");
    json.text("id", ExplanationId.text(told.explained().id()));
    json.text("sentence", sentence());
    json.text("method", "counterfactual");
    json.truth("success", found.success());
    if (found.failure().isPresent()) {
      json.text("reason", found.failure().get().word());
    }
    json.text("stopped", found.stopped().word());
    CommonBlocks.model(json, told, found.deterministic());
    json.begin("target");
    json.text("output", found.target().output());
    json.whole("index", found.target().index());
    json.text("label", found.target().label());
    if (found.band().isPresent()) {
      json.numbers("band", found.band().get().low(), found.band().get().high());
    }
    json.end();
    prediction(found.prediction());
    json.list("answers");
    for (Answer answer : found.answers()) {
      answer(answer);
    }
    json.endList();
    json.whole("candidates", found.candidates());
    json.whole("loggedRows", found.loggedRows());
    CommonBlocks.reference(json, told.result().reference(), found.loggedRows(), /* dropped= */ 0);
    json.whole("seed", found.seed());
    json.texts("ignored", told.result().options().ignored());
    CommonBlocks.cost(json, found.cost());
    reproduce();
    CommonBlocks.place(json, told);
    CommonBlocks.links(json, told);
    json.end();
  }

  private void answer(Answer answer) throws IOException {
    json.begin();
    json.list("changes");
    for (Change change : answer.changes()) {
      json.begin();
      json.text("name", change.name());
      json.literal("from", change.from());
      json.literal("to", change.to());
      json.end();
    }
    json.endList();
    json.number("distance", answer.distance());
    prediction(answer.prediction());
    if (answer.nearestRequestId().isPresent()) {
      json.text("nearestRequestId", answer.nearestRequestId().get());
    }
    json.truth("confirmed", answer.confirmed());
    json.truth("minimal", answer.minimal());
    if (answer.row().width() <= WIDTH_SHOWN) {
      FeatureValues values = new FeatureValues(told.result().reference().schema(), answer.row());
      json.list("row");
      for (int c = 0; c < answer.row().width(); c++) {
        json.value(values.value(0, c));
      }
      json.endList();
    }
    json.end();
  }

  private void prediction(Prediction prediction) throws IOException {
    json.begin("prediction");
    json.number("value", prediction.value());
    json.text("label", prediction.label());
    json.whole("index", prediction.index());
    json.end();
  }

  private String sentence() {
    String now = said(found.prediction());
    List<Answer> answers = found.answers();
    if (answers.isEmpty()) {
      return "The model says %s; no row of the traffic shows another way.".formatted(now);
    }
    Answer first = answers.get(0);
    List<String> changes =
        first.changes().stream()
            .map(c -> "%s = %s instead of %s".formatted(c.name(), c.to().text(), c.from().text()))
            .toList();
    return "The model says %s; with %s it would say %s."
        .formatted(now, String.join(" and ", changes), said(first.prediction()));
  }

  private static String said(Prediction prediction) {
    String value = Sentence.number(prediction.value());
    return prediction.label().isEmpty() ? value : prediction.label() + " (" + value + ")";
  }

  private void reproduce() throws IOException {
    json.begin("reproduce");
    json.text("method", "counterfactual");
    json.whole("seed", found.seed());
    json.begin("budget");
    json.whole("roundTripsMax", Math.max(1, found.rounds()));
    json.end();
    json.end();
  }
}
