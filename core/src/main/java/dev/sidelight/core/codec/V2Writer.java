package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a V2 request: {@code data} flat, everything else as the envelope has it. */
final class V2Writer {

  /** What marks perturbed rows, ours and the names TrustyAI's loggers know, as raw JSON. */
  static final Map<String, String> MARKS =
      Map.of("sidelight_synthetic", "true", "bias-ignore", "\"true\"", "bias_ignore", "\"true\"");

  private V2Writer() {}

  static byte[] request(Instances rows, V2Envelope envelope, String id, boolean synthetic) {
    Map<String, String> parameters = new LinkedHashMap<>(envelope.parameters());
    if (synthetic) {
      parameters.putAll(MARKS);
    }
    return request(rows, envelope, id, parameters, V2Writer::data);
  }

  /** Writes the members of a tensor that hold its elements. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator to, Tensor tensor, Map<String, String> parameters) throws IOException;
  }

  static byte[] request(
      Instances rows,
      V2Envelope envelope,
      String id,
      Map<String, String> parameters,
      Content content) {
    return JsonWriter.write(
        to -> {
          to.writeStartObject();
          if (!id.isEmpty()) {
            to.writeStringField("id", id);
          }
          raw(to, "parameters", parameters);
          to.writeArrayFieldStart("inputs");
          for (int i = 0; i < rows.tensors().size(); i++) {
            input(to, rows.tensors().get(i), envelope.inputParameters().get(i), content);
          }
          to.writeEndArray();
          if (!envelope.outputs().isEmpty()) {
            to.writeFieldName("outputs");
            to.writeRawValue(envelope.outputs());
          }
          members(to, envelope.rest());
          to.writeEndObject();
        });
  }

  private static void input(
      JsonGenerator to, NamedTensor named, Map<String, String> parameters, Content content)
      throws IOException {
    Tensor tensor = named.tensor();
    to.writeStartObject();
    to.writeStringField("name", named.name());
    to.writeArrayFieldStart("shape");
    for (int dimension : tensor.shape()) {
      to.writeNumber(dimension);
    }
    to.writeEndArray();
    to.writeStringField("datatype", tensor.type().name());
    content.write(to, tensor, parameters);
    to.writeEndObject();
  }

  private static void data(JsonGenerator to, Tensor tensor, Map<String, String> parameters)
      throws IOException {
    raw(to, "parameters", parameters);
    to.writeArrayFieldStart("data");
    for (int r = 0; r < tensor.rows(); r++) {
      for (int c = 0; c < tensor.width(); c++) {
        JsonWriter.element(to, tensor, r, c);
      }
    }
    to.writeEndArray();
  }

  static void raw(JsonGenerator to, String name, Map<String, String> members) throws IOException {
    if (!members.isEmpty()) {
      to.writeObjectFieldStart(name);
      members(to, members);
      to.writeEndObject();
    }
  }

  static void members(JsonGenerator to, Map<String, String> members) throws IOException {
    for (Map.Entry<String, String> member : members.entrySet()) {
      to.writeFieldName(member.getKey());
      to.writeRawValue(member.getValue());
    }
  }
}
