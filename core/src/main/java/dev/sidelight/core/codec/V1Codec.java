package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Signature;
import dev.sidelight.core.tensor.Tensor;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * KServe's V1 protocol: {@code instances} and {@code predictions} are lists of rows.
 *
 * <p>A row is a value, a list (one tensor [n] per position, named f0, f1, ...), a list of equal
 * lists (one tensor {@code instances}), or an object (one tensor per name). Answers are one tensor
 * {@code predictions}, [n] or [n, k], or one tensor per name where the rows are objects. A
 * request's member {@code parameters} speaks to explainers and is not sent on. The protocol has no
 * place for an id, nor for a mark of perturbed rows.
 */
public final class V1Codec implements InferenceCodec {

  private static final String EXPLAIN = "explain_parameters";

  private final CodecLimits limits;

  public V1Codec(CodecLimits limits) {
    this.limits = limits;
  }

  @Override
  public InferenceRequest decodeRequest(Body body) {
    JsonTokens in = JsonTokens.open(BodyInflater.inflate(body, limits), limits);
    in.next();
    Request request = new Request(in);
    JsonObjects.members(in, "", request::member);
    in.end();
    return request.done();
  }

  /** The members of a request, one after the other. */
  private final class Request {
    private final JsonTokens in;
    private final Map<String, String> members = new LinkedHashMap<>();
    private final Map<String, Object> explain = new LinkedHashMap<>();
    private final Map<String, Object> explainLast = new LinkedHashMap<>();
    private Optional<V1Rows.Read> rows = Optional.empty();

    private Request(JsonTokens in) {
      this.in = in;
    }

    private void member(String name) {
      switch (name) {
        case "instances" -> rows = Optional.of(new V1Rows(name, limits, false).read(in));
        case "parameters" -> {
          if (in.current() != JsonToken.VALUE_NULL) {
            explain.putAll(JsonObjects.map(in, "/parameters"));
          }
          if (explain.remove(EXPLAIN) instanceof Map<?, ?> later) {
            later.forEach((key, value) -> explainLast.put((String) key, value));
          }
        }
        default -> members.put(name, in.raw());
      }
    }

    private InferenceRequest done() {
      V1Rows.Read read =
          rows.orElseThrow(() -> JsonObjects.missing("/instances", "a list of rows"));
      explain.putAll(explainLast);
      Envelope envelope = new V1Envelope(Signature.of(read.rows()), read.layout(), members);
      return new InferenceRequest(read.rows(), envelope, "", explain);
    }
  }

  @Override
  public byte[] encodeRequest(Instances rows, Envelope like, String id, boolean synthetic) {
    if (!(like instanceof V1Envelope envelope)
        || envelope.layout().base64().size() != rows.tensors().size()) {
      throw new IllegalArgumentException("the envelope is not that of a V1 request of these rows");
    }
    return JsonWriter.write(
        to -> {
          to.writeStartObject();
          V2Writer.members(to, envelope.members());
          to.writeArrayFieldStart("instances");
          for (int r = 0; r < rows.rows(); r++) {
            row(to, rows.tensors(), r, envelope.layout());
          }
          to.writeEndArray();
          to.writeEndObject();
        });
  }

  private static void row(JsonGenerator to, List<NamedTensor> tensors, int row, V1Layout layout)
      throws IOException {
    switch (layout.form()) {
      case SCALAR, NESTED -> value(to, tensors.get(0).tensor(), row, layout.base64().get(0));
      case LIST -> {
        to.writeStartArray();
        for (int i = 0; i < tensors.size(); i++) {
          value(to, tensors.get(i).tensor(), row, layout.base64().get(i));
        }
        to.writeEndArray();
      }
      case OBJECT -> {
        to.writeStartObject();
        for (int i = 0; i < tensors.size(); i++) {
          to.writeFieldName(tensors.get(i).name());
          value(to, tensors.get(i).tensor(), row, layout.base64().get(i));
        }
        to.writeEndObject();
      }
    }
  }

  private static void value(JsonGenerator to, Tensor tensor, int row, boolean base64)
      throws IOException {
    nested(to, tensor, row, 1, 0, base64);
  }

  /** Writes dimensions {@code axis} and on; {@code column} is the first of their elements. */
  private static int nested(
      JsonGenerator to, Tensor tensor, int row, int axis, int column, boolean base64)
      throws IOException {
    if (axis == tensor.shape().size()) {
      if (base64 && tensor instanceof BytesTensor bytes) {
        to.writeStartObject();
        to.writeStringField("b64", Base64.getEncoder().encodeToString(bytes.value(row, column)));
        to.writeEndObject();
      } else {
        JsonWriter.element(to, tensor, row, column);
      }
      return column + 1;
    }
    int next = column;
    to.writeStartArray();
    for (int i = 0; i < tensor.shape().get(axis); i++) {
      next = nested(to, tensor, row, axis + 1, next, base64);
    }
    to.writeEndArray();
    return next;
  }

  @Override
  public Instances decodeResponse(Body body) {
    JsonTokens in = JsonTokens.open(BodyInflater.inflate(body, limits), limits);
    in.next();
    Response response = new Response(in);
    JsonObjects.members(in, "", response::member);
    in.end();
    return response
        .rows
        .orElseThrow(() -> JsonObjects.missing("/predictions", "a list of rows"))
        .rows();
  }

  private final class Response {
    private final JsonTokens in;
    private Optional<V1Rows.Read> rows = Optional.empty();

    private Response(JsonTokens in) {
      this.in = in;
    }

    private void member(String name) {
      if (name.equals("predictions")) {
        rows = Optional.of(new V1Rows(name, limits, true).read(in));
      } else {
        in.skip();
      }
    }
  }
}
