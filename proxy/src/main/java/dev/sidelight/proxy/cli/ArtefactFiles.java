package dev.sidelight.proxy.cli;

import dev.sidelight.core.codec.CodecException;
import dev.sidelight.proxy.serve.References;
import dev.sidelight.proxy.serve.ServeException;
import dev.sidelight.proxy.serve.ServedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that came with the model: KServe puts what {@code storageUri} names below {@code
 * /mnt/models}. What cannot be read is left out with a warning: the pod must start.
 */
final class ArtefactFiles {

  static final String CSV = "reference.csv";
  static final String NDJSON = "reference.ndjson";
  static final String SCHEMA = "schema.json";

  private static final Logger LOG = LoggerFactory.getLogger(ArtefactFiles.class);

  private final Path dir;
  private final References references;

  ArtefactFiles(Path dir, References references) {
    this.dir = dir;
    this.references = references;
  }

  /** Gives a model its schema and its rows, unless rows were given before the last stop. */
  void giveTo(ServedModel model) {
    Path schema = dir.resolve(SCHEMA);
    Path csv = dir.resolve(CSV);
    Path ndjson = dir.resolve(NDJSON);
    if (Files.isReadable(schema)) {
      given(model, schema, () -> references.putSchema(model, Files.readAllBytes(schema)));
    }
    if (references.info(model).origin().equals("file")) {
      return; // what somebody put here is newer than what came with the model
    }
    boolean isCsv = Files.isReadable(csv);
    Path rows = isCsv ? csv : ndjson;
    if (Files.isReadable(rows)) {
      given(
          model,
          rows,
          () -> {
            try (InputStream in = Files.newInputStream(rows)) {
              references.putRows(model, isCsv, in);
            }
          });
    }
  }

  private interface Giving {
    void run() throws IOException;
  }

  private static void given(ServedModel model, Path file, Giving giving) {
    try {
      giving.run();
      LOG.info("'{}' is explained with {}", model.name(), file);
    } catch (IOException | UncheckedIOException | CodecException | ServeException e) {
      LOG.warn("{} cannot be used for '{}': {}", file, model.name(), e.getMessage());
    }
  }
}
