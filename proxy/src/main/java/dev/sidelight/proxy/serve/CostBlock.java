package dev.sidelight.proxy.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Cost;
import java.io.IOException;

/** Blocks that both formats share. */
final class CostBlock {

  private CostBlock() {}

  static void cost(JsonGenerator json, Cost cost) throws IOException {
    json.writeObjectFieldStart("cost");
    json.writeNumberField("rowsLogical", cost.rowsLogical());
    json.writeNumberField("rowsAsked", cost.rowsAsked());
    json.writeNumberField("rowsSent", cost.rowsSent());
    json.writeNumberField("cacheHits", cost.cacheHits());
    json.writeNumberField("roundTrips", cost.roundTrips());
    json.writeNumberField("backendCalls", cost.backendCalls());
    json.writeNumberField("queueMillis", cost.queueMillis());
    json.writeNumberField("millis", cost.millis());
    json.writeEndObject();
  }

  static void reference(JsonGenerator json, ReferenceSet reference, Attribution attribution)
      throws IOException {
    json.writeObjectFieldStart("reference");
    json.writeStringField("id", reference.id());
    json.writeNumberField("rows", attribution.backgroundRows());
    json.writeStringField("from", reference.origin());
    json.writeNumberField("dropped", attribution.backgroundRowsDropped());
    json.writeEndObject();
  }
}
