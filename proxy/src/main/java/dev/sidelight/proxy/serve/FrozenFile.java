package dev.sidelight.proxy.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.core.codec.SchemaJson;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceBuilder;
import dev.sidelight.core.tensor.ReferenceSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A frozen background or population in a file: one line with the SHA-256 of what follows, then a
 * JSON document. It is on the disk, whole, before anybody is told its id.
 */
final class FrozenFile {

  private static final String FORMAT = "sidelight-frozen-reference-1 ";
  private static final int HEX = 64;

  private final Path file;
  private final String model;
  private final boolean apart;
  private final ObjectMapper json = new ObjectMapper();

  private FrozenFile(Path file, String model, boolean apart) {
    this.file = file;
    this.model = model;
    this.apart = apart;
  }

  /** Of rows with weights, of which no two are equal. */
  static FrozenFile background(Path file, String model) {
    return new FrozenFile(file, model, false);
  }

  /** Of rows that are a case each, equal or not. */
  static FrozenFile population(Path file, String model) {
    return new FrozenFile(file, model, true);
  }

  void save(FrozenReference frozen) throws IOException {
    byte[] document = json.writeValueAsBytes(document(frozen));
    byte[] line = (FORMAT + sha256(document) + "\n").getBytes(StandardCharsets.US_ASCII);
    Path incoming = Files.createTempFile(file.toAbsolutePath().getParent(), "frozen", ".incoming");
    try {
      try (FileChannel out = FileChannel.open(incoming, StandardOpenOption.WRITE)) {
        for (byte[] part : new byte[][] {line, document}) {
          ByteBuffer left = ByteBuffer.wrap(part);
          while (left.hasRemaining()) {
            out.write(left);
          }
        }
        out.force(true);
      }
      ReferenceFolder.move(incoming, file);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private ObjectNode document(FrozenReference frozen) throws IOException {
    ReferenceSet set = frozen.set();
    ObjectNode document = json.createObjectNode();
    document.put("model", model);
    document.put("id", set.id());
    document.put("origin", set.origin());
    document.put("revision", frozen.revision());
    document.put("sampleRows", frozen.sampleRows());
    document.put("createdMicros", frozen.createdMicros());
    document.set("schema", json.readTree(SchemaJson.write(set.schema())));
    ArrayNode weights = document.putArray("weights");
    Arrays.stream(set.weights()).forEach(weights::add);
    SampleFile.rows(document, set.rows());
    return document;
  }

  /**
   * Empty where there is no file.
   *
   * @throws IOException naming what is wrong when the file is not what {@link #save} wrote for this
   *     model
   */
  Optional<FrozenReference> load() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    int head = FORMAT.length() + HEX + 1;
    String line =
        bytes.length < head ? "" : new String(bytes, 0, head, StandardCharsets.ISO_8859_1);
    if (!line.startsWith(FORMAT) || !line.endsWith("\n")) {
      throw new IOException("it is not a frozen reference");
    }
    byte[] document = Arrays.copyOfRange(bytes, head, bytes.length);
    if (!line.substring(FORMAT.length(), head - 1).equals(sha256(document))) {
      throw new IOException("its checksum does not hold: it is torn or was changed");
    }
    try {
      return Optional.of(read(json.readTree(document)));
    } catch (RuntimeException e) {
      throw new IOException("it cannot be read: " + e.getMessage(), e);
    }
  }

  private FrozenReference read(JsonNode document) throws IOException {
    if (!document.path("model").asText().equals(model)) {
      throw new IOException("it belongs to another model");
    }
    FeatureSchema schema = SchemaJson.read(json.writeValueAsBytes(document.path("schema")));
    Instances rows = SampleFile.rows(document);
    double[] weights = new double[document.path("weights").size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = document.path("weights").get(i).doubleValue();
    }
    String origin = document.path("origin").asText();
    ReferenceSet set =
        apart
            ? ReferenceBuilder.population(schema, rows, origin)
            : ReferenceBuilder.build(schema, rows, weights, origin);
    if (!set.id().equals(document.path("id").asText())) {
      throw new IOException("its rows do not give the id it names");
    }
    return new FrozenReference(
        set,
        document.path("sampleRows").asInt(),
        document.path("revision").asText(),
        document.path("createdMicros").asLong());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }
}
