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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A traffic sample across restarts: its rows as one V2 request, which keeps wire types, its names,
 * and how many rows it stands for.
 */
final class SampleFile {

  private final Path file;
  private final V2Codec codec;
  private final ObjectMapper json = new ObjectMapper();

  SampleFile(Path file, CodecLimits limits) {
    this.file = file;
    this.codec = new V2Codec(limits);
  }

  void save(TrafficSample sample) {
    if (sample.size() == 0) {
      return;
    }
    Envelope envelope = envelope(sample.kept().tensors().size());
    try {
      ObjectNode document = json.createObjectNode();
      ArrayNode names = document.putArray("names");
      sample.names().forEach(names::add);
      ArrayNode classes = document.putArray("classes");
      sample.classNames().forEach(classes::add);
      document.put("seen", sample.seen());
      document.set("rows", json.readTree(codec.encodeRequest(sample.kept(), envelope, "", false)));
      Path incoming = Files.createTempFile(file.toAbsolutePath().getParent(), "sample", ".json");
      Files.write(incoming, json.writeValueAsBytes(document));
      ReferenceFolder.move(incoming, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a request with so many inputs and nothing else to say. */
  private Envelope envelope(int inputs) {
    StringBuilder request = new StringBuilder("{\"inputs\":[");
    for (int i = 0; i < inputs; i++) {
      request
          .append(i == 0 ? "" : ",")
          .append("{\"name\":\"x")
          .append(i)
          .append("\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[0]}");
    }
    byte[] body = request.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    return codec.decodeRequest(Body.json(body)).envelope();
  }

  /** Does nothing where there is no file. */
  void load(TrafficSample sample) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      JsonNode document = json.readTree(Files.readAllBytes(file));
      byte[] rows = json.writeValueAsBytes(document.path("rows"));
      Instances kept = codec.decodeRequest(Body.json(rows)).instances();
      sample.restore(
          kept,
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
