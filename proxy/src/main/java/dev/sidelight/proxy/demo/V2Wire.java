package dev.sidelight.proxy.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Open Inference Protocol over REST as this model speaks it: one tensor per column, shape [n]
 * or [n, 1], INT64 for numbers (any numeric type is taken) and BYTES for categories.
 */
final class V2Wire {

  static final String PROBABILITIES = "probabilities";
  static final String LABEL = "label";

  private static final Set<String> NUMERIC =
      Set.of(
          "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "FP32", "FP64");

  private final List<CensusFeature> features;

  V2Wire(List<CensusFeature> features) {
    this.features = features;
  }

  /**
   * What was asked.
   *
   * @param rows [n][features], n >= 1
   * @param outputs the names asked for, empty for all
   */
  record Request(Optional<String> id, double[][] rows, Set<String> outputs) {

    boolean wants(String output) {
      return outputs.isEmpty() || outputs.contains(output);
    }
  }

  Request read(JsonNode body) throws ModelException {
    if (!body.path("inputs").isArray()) {
      throw ModelException.badRequest("inputs must be a list of tensors");
    }
    List<JsonNode> columns = columns(body.path("inputs"));
    double[][] rows = new double[rows(columns.getFirst())][features.size()];
    for (int f = 0; f < features.size(); f++) {
      fill(rows, f, columns.get(f));
    }
    JsonNode id = body.path("id");
    Optional<String> echoed = id.isTextual() ? Optional.of(id.asText()) : Optional.empty();
    return new Request(echoed, rows, outputs(body.path("outputs")));
  }

  /** The tensors in the order of the features; they may come in any. */
  private List<JsonNode> columns(JsonNode inputs) throws ModelException {
    Map<String, JsonNode> tensors = new HashMap<>();
    for (JsonNode tensor : inputs) {
      tensors.put(tensor.path("name").asText(), tensor);
    }
    List<JsonNode> columns = new ArrayList<>();
    for (CensusFeature feature : features) {
      JsonNode tensor = tensors.remove(feature.name());
      if (tensor == null) {
        throw ModelException.badRequest("input " + feature.name() + " is missing");
      }
      columns.add(tensor);
    }
    if (!tensors.isEmpty()) {
      throw ModelException.badRequest("unexpected input " + tensors.keySet().iterator().next());
    }
    return columns;
  }

  private static int rows(JsonNode tensor) throws ModelException {
    int rows = tensor.path("shape").path(0).asInt(0);
    if (rows < 1 || rows > ModelServer.ROWS_MAX) {
      throw ModelException.badRequest("shape[0] must be from 1 to " + ModelServer.ROWS_MAX);
    }
    return rows;
  }

  private void fill(double[][] rows, int f, JsonNode tensor) throws ModelException {
    CensusFeature feature = features.get(f);
    JsonNode shape = tensor.path("shape");
    boolean column = shape.size() == 1 || (shape.size() == 2 && shape.path(1).asInt() == 1);
    if (!column || shape.path(0).asInt() != rows.length) {
      throw ModelException.badRequest(
          "input %s has shape %s, expected [%d] or [%d,1]"
              .formatted(feature.name(), shape, rows.length, rows.length));
    }
    String type = tensor.path("datatype").asText();
    if (feature.isNumeric() ? !NUMERIC.contains(type) : !type.equals("BYTES")) {
      throw ModelException.badRequest(
          "input %s has datatype %s, expected %s"
              .formatted(feature.name(), type, datatype(feature)));
    }
    JsonNode data = tensor.path("data");
    if (!data.isArray() || data.size() != rows.length) {
      throw ModelException.badRequest(
          "input %s has %d values for %d rows".formatted(feature.name(), data.size(), rows.length));
    }
    for (int i = 0; i < rows.length; i++) {
      JsonNode value = data.get(i);
      boolean nested = value.isArray() && value.size() == 1;
      rows[i][f] = Cells.read(feature, nested ? value.get(0) : value);
    }
  }

  private static Set<String> outputs(JsonNode asked) throws ModelException {
    Set<String> names = new HashSet<>();
    for (JsonNode output : asked) {
      String name = output.path("name").asText();
      if (!name.equals(PROBABILITIES) && !name.equals(LABEL)) {
        throw ModelException.badRequest("unexpected inference output " + name);
      }
      names.add(name);
    }
    return names;
  }

  /** The answer: {@code probabilities} FP64 [n, 2], {@code label} BYTES [n]; rows in order. */
  static void write(JsonGenerator out, Request request, String version, double[] probabilities)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("model_name", ModelServer.MODEL);
    out.writeStringField("model_version", version);
    if (request.id().isPresent()) {
      out.writeStringField("id", request.id().get());
    }
    out.writeArrayFieldStart("outputs");
    if (request.wants(PROBABILITIES)) {
      startTensor(out, PROBABILITIES, "FP64", probabilities.length, Census.LABELS.size());
      for (double p : probabilities) {
        out.writeNumber(1 - p);
        out.writeNumber(p);
      }
      endTensor(out);
    }
    if (request.wants(LABEL)) {
      startTensor(out, LABEL, "BYTES", probabilities.length);
      for (double p : probabilities) {
        out.writeString(Census.LABELS.get(p > 0.5 ? 1 : 0));
      }
      endTensor(out);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** {@code GET /v2/models/income}: enough for a client to build its schema. */
  void writeMetadata(JsonGenerator out, List<String> versions) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", ModelServer.MODEL);
    out.writeArrayFieldStart("versions");
    for (String version : versions) {
      out.writeString(version);
    }
    out.writeEndArray();
    out.writeStringField("platform", "sidelight_demo");
    out.writeArrayFieldStart("inputs");
    for (CensusFeature feature : features) {
      writeTensorMetadata(out, feature.name(), datatype(feature), -1);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("outputs");
    writeTensorMetadata(out, PROBABILITIES, "FP64", -1, Census.LABELS.size());
    writeTensorMetadata(out, LABEL, "BYTES", -1);
    out.writeEndArray();
    out.writeEndObject();
  }

  static String datatype(CensusFeature feature) {
    return feature.isNumeric() ? "INT64" : "BYTES";
  }

  private static void writeTensorMetadata(
      JsonGenerator out, String name, String datatype, int... shape) throws IOException {
    describe(out, name, datatype, shape);
    out.writeEndObject();
  }

  private static void startTensor(JsonGenerator out, String name, String datatype, int... shape)
      throws IOException {
    describe(out, name, datatype, shape);
    out.writeArrayFieldStart("data");
  }

  private static void describe(JsonGenerator out, String name, String datatype, int... shape)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("name", name);
    out.writeStringField("datatype", datatype);
    out.writeArrayFieldStart("shape");
    for (int dimension : shape) {
      out.writeNumber(dimension);
    }
    out.writeEndArray();
  }

  private static void endTensor(JsonGenerator out) throws IOException {
    out.writeEndArray();
    out.writeEndObject();
  }
}
