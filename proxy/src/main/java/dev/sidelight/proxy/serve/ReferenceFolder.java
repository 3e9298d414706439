package dev.sidelight.proxy.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where references lie: one folder a model, {@code rows.csv} or {@code rows.ndjson}, {@code
 * schema.json}, {@code sample.json}, {@code frozen.reference}, {@code population.reference}.
 */
final class ReferenceFolder {

  private static final String CSV = "rows.csv";
  private static final String FROZEN = "frozen.reference";
  private static final String POPULATION = "population.reference";
  private static final String NDJSON = "rows.ndjson";

  private final Path dir;

  ReferenceFolder(Path dir) {
    this.dir = dir;
  }

  /** A model's name may hold anything; its folder's name does not. */
  private Path of(String model) {
    String encoded = URLEncoder.encode(model, StandardCharsets.UTF_8).replace(".", "%2E");
    Path folder = dir.resolve(encoded);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  static boolean isCsv(Path file) {
    return file.getFileName().toString().endsWith(".csv");
  }

  Optional<Path> rows(String model) {
    Path csv = of(model).resolve(CSV);
    Path ndjson = of(model).resolve(NDJSON);
    return Files.exists(csv) ? Optional.of(csv) : Optional.of(ndjson).filter(Files::exists);
  }

  /** A new file for a body that is on its way, named by its kind. */
  Path incoming(String model, boolean csv) throws IOException {
    return Files.createTempFile(of(model), "incoming", csv ? ".csv" : ".ndjson");
  }

  /** Puts a complete file in the place of the one before. */
  void keepRows(String model, Path incoming) throws IOException {
    dropFrozen(model);
    boolean csv = isCsv(incoming);
    move(incoming, of(model).resolve(csv ? CSV : NDJSON));
    Files.deleteIfExists(of(model).resolve(csv ? NDJSON : CSV));
  }

  Optional<byte[]> schema(String model) throws IOException {
    Path file = of(model).resolve("schema.json");
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  void keepSchema(String model, byte[] json) throws IOException {
    Path incoming = Files.createTempFile(of(model), "incoming", ".json");
    Files.write(incoming, json);
    dropFrozen(model);
    move(incoming, of(model).resolve("schema.json"));
  }

  FrozenFile frozen(String model) {
    return FrozenFile.background(of(model).resolve(FROZEN), model);
  }

  FrozenFile population(String model) {
    return FrozenFile.population(of(model).resolve(POPULATION), model);
  }

  /** What it was made of is about to change. */
  void dropFrozen(String model) throws IOException {
    Files.deleteIfExists(of(model).resolve(FROZEN));
    Files.deleteIfExists(of(model).resolve(POPULATION));
  }

  Path sample(String model) {
    return of(model).resolve("sample.json");
  }

  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
