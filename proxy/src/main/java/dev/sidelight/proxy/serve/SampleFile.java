package dev.sidelight.proxy.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.core.codec.Body;
import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.Envelope;
import dev.sidelight.core.codec.V2Codec;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A traffic sample across restarts: its rows as one V2 request, which keeps wire types, its names,
 * and how many rows it stands for.
 */
final class SampleFile {

  /** Of a file that we wrote ourselves: the sample's own bounds hold. */
  private static final CodecLimits OWN =
      new CodecLimits(
          1 << 30, 1 << 30, 1000, 64, 64, 100_000_000, 1 << 24, 1 << 16, 16, 1 << 28, 1 << 20);

  private final Path file;
  private final V2Codec codec;
  private final ObjectMapper json = new ObjectMapper();

  SampleFile(Path file) {
    this.file = file;
    this.codec = new V2Codec(OWN);
  }

  void save(TrafficSample sample) {
    if (sample.size() == 0) {
      return;
    }
    Instances kept = sample.kept();
    try {
      ObjectNode document = json.createObjectNode();
      put(document, "names", sample.names());
      put(document, "classes", sample.classNames());
      put(document, "tensors", kept.tensors().stream().map(NamedTensor::name).toList());
      document.put("seen", sample.seen());
      Envelope envelope = codec.decodeRequest(Body.json(request(kept.tensors().size()))).envelope();
      document.set("rows", json.readTree(codec.encodeRequest(numbered(kept), envelope, "", false)));
      Path incoming = Files.createTempFile(file.toAbsolutePath().getParent(), "sample", ".json");
      Files.write(incoming, json.writeValueAsBytes(document));
      ReferenceFolder.move(incoming, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(ObjectNode document, String name, List<String> values) {
    ArrayNode array = document.putArray(name);
    values.forEach(array::add);
  }

  /** Positions of V1 rows have no names of their own, and the protocol wants different ones. */
  private static Instances numbered(Instances rows) {
    return renamed(rows, i -> "t" + i);
  }

  private static Instances renamed(Instances rows, IntFunction<String> names) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (NamedTensor named : rows.tensors()) {
      tensors.add(new NamedTensor(names.apply(tensors.size()), named.tensor()));
    }
    return new Instances(tensors);
  }

  /** Any request of this many tensors: an encoded one is like another. */
  private byte[] request(int tensors) throws IOException {
    ObjectNode request = json.createObjectNode();
    ArrayNode inputs = request.putArray("inputs");
    for (int i = 0; i < tensors; i++) {
      ObjectNode input = inputs.addObject().put("name", "t" + i).put("datatype", "FP64");
      input.putArray("shape").add(1);
      input.putArray("data").add(0);
    }
    return json.writeValueAsBytes(request);
  }

  /**
   * Does nothing where there is no file.
   *
   * @throws RuntimeException when the file is not what {@link #save} wrote
   */
  void load(TrafficSample sample) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      JsonNode document = json.readTree(Files.readAllBytes(file));
      byte[] rows = json.writeValueAsBytes(document.path("rows"));
      Instances kept = codec.decodeRequest(Body.json(rows)).instances();
      List<String> tensors = texts(document.path("tensors"));
      if (tensors.size() != kept.tensors().size()) {
        throw new IllegalArgumentException("the kept sample is not whole");
      }
      sample.restore(
          renamed(kept, tensors::get),
          texts(document.path("names")),
          texts(document.path("classes")),
          document.path("seen").asLong(kept.rows()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
