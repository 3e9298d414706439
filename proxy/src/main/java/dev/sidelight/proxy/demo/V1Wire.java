package dev.sidelight.proxy.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/**
 * KServe's V1 protocol as this model speaks it: a row is a list of the 12 values in the model's
 * order or an object keyed by their names; a prediction is the list of both probabilities.
 */
final class V1Wire {

  private final List<CensusFeature> features;

  V1Wire(List<CensusFeature> features) {
    this.features = features;
  }

  /**
   * @return [n][features], n >= 1
   */
  double[][] read(JsonNode body) throws ModelException {
    JsonNode instances = body.path("instances");
    if (!instances.isArray()) {
      throw ModelException.badRequest("expected \"instances\" to be a list");
    }
    if (instances.isEmpty() || instances.size() > ModelServer.ROWS_MAX) {
      throw ModelException.badRequest(
          "instances must hold from 1 to " + ModelServer.ROWS_MAX + " rows");
    }
    double[][] rows = new double[instances.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(instances.get(i), i);
    }
    return rows;
  }

  private double[] row(JsonNode instance, int index) throws ModelException {
    if (!instance.isContainerNode() || instance.size() != features.size()) {
      throw ModelException.badRequest(
          "instances[%d] must be a list or an object of %d values"
              .formatted(index, features.size()));
    }
    double[] row = new double[features.size()];
    for (int f = 0; f < row.length; f++) {
      CensusFeature feature = features.get(f);
      JsonNode value = instance.isArray() ? instance.get(f) : instance.path(feature.name());
      row[f] = Cells.read(feature, value);
    }
    return row;
  }

  static void write(JsonGenerator out, double[] probabilities) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("predictions");
    for (double p : probabilities) {
      out.writeStartArray();
      out.writeNumber(1 - p);
      out.writeNumber(p);
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
