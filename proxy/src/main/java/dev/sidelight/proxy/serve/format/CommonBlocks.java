package dev.sidelight.proxy.serve.format;

import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Cost;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.Sentence;
import java.io.IOException;

/** Blocks that documents of every shape share. */
final class CommonBlocks {

  private CommonBlocks() {}

  static String sentence(Told told, Attribution attribution) {
    return told.explained().places().isPresent()
        ? Sentence.ofParts(attribution)
        : Sentence.of(attribution, told.result().reference(), told.explained().x());
  }

  static void cost(JsonOut json, Cost cost) throws IOException {
    json.begin("cost");
    json.whole("rowsLogical", cost.rowsLogical());
    json.whole("rowsAsked", cost.rowsAsked());
    json.whole("rowsSent", cost.rowsSent());
    json.whole("cacheHits", cost.cacheHits());
    json.whole("roundTrips", cost.roundTrips());
    json.whole("backendCalls", cost.backendCalls());
    json.whole("queueMillis", cost.queueMillis());
    json.whole("millis", cost.millis());
    json.end();
  }

  /**
   * @param rows rows used
   * @param dropped rows that left because the model refused what was made of them
   */
  static void reference(JsonOut json, ReferenceSet reference, int rows, int dropped)
      throws IOException {
    json.begin("reference");
    json.text("id", reference.id());
    json.whole("rows", rows);
    json.text("from", reference.origin());
    json.whole("dropped", dropped);
    json.end();
  }

  static void model(JsonOut json, Told told, boolean deterministic) throws IOException {
    json.begin("model");
    json.text("name", told.result().model().name());
    json.text("revision", told.result().version());
    json.truth("deterministic", deterministic);
    json.end();
  }

  /** Where it is found again, and which row of which logged request it speaks of. */
  static void links(JsonOut json, Told told) throws IOException {
    json.begin("links");
    json.text("self", ExplanationId.path(told.explained().id()));
    if (told.result().exchange().isPresent()) {
      json.text("request", "/v1/requests/" + told.result().exchange().get());
    }
    json.end();
  }

  /** The same as members of their own, and the age of what is told again. */
  static void place(JsonOut json, Told told) throws IOException {
    if (told.result().exchange().isPresent()) {
      json.text("requestId", told.result().exchange().get().toString());
    }
    json.whole("row", told.explained().row());
    if (told.age().isPresent()) {
      json.whole("age", told.age().getAsLong());
    }
  }
}
