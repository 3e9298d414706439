package dev.sidelight.proxy.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.core.codec.Body;
import dev.sidelight.core.codec.KeptRows;
import dev.sidelight.core.tensor.Instances;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A traffic sample across restarts: its rows as one V2 request, which keeps wire types, its names,
 * revisions and days, and how many rows it stands for.
 */
final class SampleFile {

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();

  SampleFile(Path file) {
    this.file = file;
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
      document.put("seen", sample.seen());
      put(document, "revisions", sample.revisions().names());
      document.put("revision", sample.revisions().current());
      ObjectNode days = document.putObject("days");
      sample.window().rowsByDay().forEach((day, rows) -> days.put(day.toString(), rows));
      rows(document, kept);
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

  /** Rows as members of a document, bit for bit. */
  static void rows(ObjectNode document, Instances rows) {
    KeptRows kept = KeptRows.of(rows);
    put(document, "tensors", kept.names());
    document.put("head", kept.request().jsonLength());
    document.put("rows", kept.request().bytes());
  }

  static Instances rows(JsonNode document) throws IOException {
    byte[] bytes = document.path("rows").binaryValue();
    if (bytes == null) {
      throw new IllegalArgumentException("there are no rows in it");
    }
    Body body = new Body(bytes, "", "", document.path("head").asText());
    return new KeptRows(texts(document.path("tensors")), body).rows();
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
      Instances kept = rows(document);
      sample.restore(
          kept,
          texts(document.path("names")),
          texts(document.path("classes")),
          document.path("seen").asLong(kept.rows()));
      sample
          .revisions()
          .restore(texts(document.path("revisions")), document.path("revision").asInt(-1));
      Map<Long, Long> days = new HashMap<>();
      document
          .path("days")
          .properties()
          .forEach(day -> days.put(Long.valueOf(day.getKey()), day.getValue().asLong()));
      sample.window().restore(days);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
