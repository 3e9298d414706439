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
 * parameters} absent or null, parameters of any JSON value. Tensors whose bytes follow the JSON
 * text have no {@code data} and are refused here.
 */
public final class V2Codec implements InferenceCodec {

  private static final String EXPLAIN = "explain_parameters";

  private final CodecLimits limits;

  public V2Codec(CodecLimits limits) {
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
    private final List<V2Tensor.Read> inputs = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, Object> explain = new LinkedHashMap<>();
    private final Map<String, String> rest = new LinkedHashMap<>();
    private String id = "";
    private String outputs = "";

    private Request(JsonTokens in) {
      this.in = in;
    }

    private void member(String name) {
      switch (name) {
        case "id" -> id = in.current() == JsonToken.VALUE_NULL ? "" : in.text();
        case "inputs" -> inputs.addAll(tensors(in, "/inputs", false));
        case "outputs" -> outputs = in.current() == JsonToken.VALUE_NULL ? "" : in.raw();
        case "parameters" -> {
          if (in.current() != JsonToken.VALUE_NULL) {
            JsonObjects.members(in, "/parameters", this::parameter);
          }
        }
        default -> rest.put(name, in.raw());
      }
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
          new V2Envelope(Signature.of(rows), parameters, outputs, inputParameters, rest);
      return new InferenceRequest(rows, envelope, id, explain);
    }
  }

  @Override
  public byte[] encodeRequest(Instances rows, Envelope like, String id, boolean synthetic) {
    if (!(like instanceof V2Envelope envelope)
        || envelope.inputParameters().size() != rows.tensors().size()) {
      throw new IllegalArgumentException("the envelope is not that of a V2 request of these rows");
    }
    return V2Writer.request(rows, envelope, id, synthetic);
  }

  @Override
  public Instances decodeResponse(Body body) {
    JsonTokens in = JsonTokens.open(BodyInflater.inflate(body, limits), limits);
    in.next();
    List<V2Tensor.Read> outputs = new ArrayList<>();
    JsonObjects.members(
        in,
        "",
        name -> {
          if (name.equals("outputs")) {
            outputs.addAll(tensors(in, "/outputs", true));
          } else {
            in.skip();
          }
        });
    in.end();
    return instances(outputs, "/outputs", limits);
  }

  private List<V2Tensor.Read> tensors(JsonTokens in, String pointer, boolean lenient) {
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
      tensors.add(new V2Tensor(in, pointer + "/" + tensors.size(), limits, lenient).read());
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
