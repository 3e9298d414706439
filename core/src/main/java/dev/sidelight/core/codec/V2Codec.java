package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Open Inference Protocol, version 2, in JSON. Reads what KServe, MLServer and Triton write:
 * {@code data} flat or nested, members in any order, {@code id}, {@code model_version} and {@code
 * parameters} absent or null, parameters of any JSON value. Tensors may be raw bytes behind the
 * JSON text, where {@link Body#jsonLength} tells its length; some may be raw and others not.
 */
public final class V2Codec implements InferenceCodec {

  private static final String EXPLAIN = "explain_parameters";

  private final CodecLimits limits;
  private final boolean lenientInputs;

  public V2Codec(CodecLimits limits) {
    this(limits, false);
  }

  /**
   * @param lenientInputs rows may hold NaN: what we kept ourselves
   */
  V2Codec(CodecLimits limits, boolean lenientInputs) {
    this.limits = limits;
    this.lenientInputs = lenientInputs;
  }

  @Override
  public InferenceRequest decodeRequest(Body body) {
    V2Blobs.Parts parts = V2Blobs.split(body, limits);
    JsonTokens in = JsonTokens.open(parts.head(), limits);
    in.next();
    Request request = new Request(in, parts.blobs(), !body.jsonLength().isBlank());
    JsonObjects.members(in, "", request::member);
    in.end();
    parts.blobs().end();
    return request.done();
  }

  /** The members of a request, one after the other. */
  private final class Request {
    private final JsonTokens in;
    private final V2Blobs blobs;
    private final boolean binary;
    private final List<V2Tensor.Read> inputs = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, Object> explain = new LinkedHashMap<>();
    private final Map<String, String> rest = new LinkedHashMap<>();
    private String id = "";
    private String outputs = "";

    private Request(JsonTokens in, V2Blobs blobs, boolean binary) {
      this.in = in;
      this.blobs = blobs;
      this.binary = binary;
    }

    private void member(String name) {
      switch (name) {
        case "id" -> id = id();
        case "inputs" -> inputs.addAll(tensors(in, "/inputs", lenientInputs, blobs));
        case "outputs" -> outputs = in.current() == JsonToken.VALUE_NULL ? "" : in.raw();
        case "parameters" -> {
          if (in.current() != JsonToken.VALUE_NULL) {
            JsonObjects.members(in, "/parameters", this::parameter);
          }
        }
        default -> rest.put(name, in.raw());
      }
    }

    /** Numbers are taken as they are written; some clients count. */
    private String id() {
      JsonToken token = in.current();
      if (token.isStructStart()) {
        throw JsonNumbers.type(token, "a string", () -> "/id");
      }
      return token == JsonToken.VALUE_NULL ? "" : in.text();
    }

    private void parameter(String name) {
      if (name.equals(EXPLAIN)) {
        explain.putAll(JsonObjects.map(in, "/parameters/" + EXPLAIN));
      } else {
        parameters.put(name, in.raw());
      }
    }

    private InferenceRequest done() {
      Instances rows = instances(inputs, "/inputs", limits);
      List<Map<String, String>> inputParameters = new ArrayList<>(inputs.size());
      inputs.forEach(input -> inputParameters.add(input.parameters()));
      Envelope envelope =
          new V2Envelope(Signature.of(rows), parameters, outputs, inputParameters, rest, binary);
      return new InferenceRequest(rows, envelope, id, explain);
    }
  }

  @Override
  public byte[] encodeRequest(Instances rows, Envelope like, String id, boolean synthetic) {
    return V2Writer.request(rows, envelope(rows, like), id, synthetic);
  }

  @Override
  public Body encode(Instances rows, Envelope like, String id, boolean synthetic, boolean binary) {
    V2Envelope envelope = envelope(rows, like);
    return binary || envelope.binary()
        ? V2BinaryWriter.request(rows, envelope, id, synthetic, binary)
        : Body.json(V2Writer.request(rows, envelope, id, synthetic));
  }

  private static V2Envelope envelope(Instances rows, Envelope like) {
    if (!(like instanceof V2Envelope envelope)
        || envelope.inputParameters().size() != rows.tensors().size()) {
      throw new IllegalArgumentException("the envelope is not that of a V2 request of these rows");
    }
    return envelope;
  }

  @Override
  public Instances decodeResponse(Body body) {
    V2Blobs.Parts parts = V2Blobs.split(body, limits);
    JsonTokens in = JsonTokens.open(parts.head(), limits);
    in.next();
    List<V2Tensor.Read> outputs = new ArrayList<>();
    JsonObjects.members(
        in,
        "",
        name -> {
          if (name.equals("outputs")) {
            outputs.addAll(tensors(in, "/outputs", true, parts.blobs()));
          } else {
            in.skip();
          }
        });
    in.end();
    parts.blobs().end();
    return instances(outputs, "/outputs", limits);
  }

  @Override
  public String revision(Body response) {
    JsonTokens in = JsonTokens.open(V2Blobs.split(response, limits).head(), limits);
    if (in.next() != JsonToken.START_OBJECT) {
      return "";
    }
    while (in.next() == JsonToken.FIELD_NAME) { // it stands before the outputs
      boolean found = in.text().equals("model_version");
      JsonToken value = in.next();
      if (found) {
        return value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT
            ? in.text()
            : "";
      }
      in.skip();
    }
    return "";
  }

  private List<V2Tensor.Read> tensors(
      JsonTokens in, String pointer, boolean lenient, V2Blobs blobs) {
    if (in.current() != JsonToken.START_ARRAY) {
      throw JsonNumbers.type(in.current(), "a list", () -> pointer);
    }
    List<V2Tensor.Read> tensors = new ArrayList<>();
    while (in.next() != JsonToken.END_ARRAY) {
      if (tensors.size() == limits.tensorsMax()) {
        throw new CodecException(
            "too_many_tensors",
            pointer,
            "<= " + limits.tensorsMax() + " tensors",
            "more",
            "%s has more than %d tensors".formatted(pointer, limits.tensorsMax()));
      }
      tensors.add(new V2Tensor(in, pointer + "/" + tensors.size(), limits, lenient, blobs).read());
    }
    return tensors;
  }

  private static Instances instances(List<V2Tensor.Read> read, String pointer, CodecLimits limits) {
    if (read.isEmpty()) {
      throw JsonObjects.missing(pointer, "at least one tensor");
    }
    int rows = read.get(0).tensor().tensor().rows();
    long elements = 0;
    Set<String> names = new HashSet<>();
    List<NamedTensor> tensors = new ArrayList<>(read.size());
    for (int i = 0; i < read.size(); i++) {
      NamedTensor tensor = read.get(i).tensor();
      String place = pointer + "/" + i;
      if (!names.add(tensor.name())) {
        throw fault("name_duplicate", place + "/name", "every name once", "a name twice");
      }
      if (tensor.tensor().rows() != rows) {
        throw fault(
            "rows_mismatch", place + "/shape", rows + " rows", tensor.tensor().rows() + " rows");
      }
      elements += (long) rows * tensor.tensor().width();
      if (elements > limits.elementsMax()) {
        throw fault("too_many_elements", place, "<= " + limits.elementsMax() + " in all", "more");
      }
      tensors.add(tensor);
    }
    return new Instances(tensors);
  }

  private static CodecException fault(String code, String pointer, String expected, String found) {
    return new CodecException(
        code,
        pointer,
        expected,
        found,
        "%s: expected %s, found %s".formatted(pointer, expected, found));
  }
}
